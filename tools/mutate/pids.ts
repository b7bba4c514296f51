import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../../model/ast/always-exits.ts';
import { calleeText } from '../../model/ast/callee-text.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { isNothing } from '../../model/ast/is-nothing.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { drop, functionOf, localsOnlyFor, type Mutation, type Mutator, replace, type Specimen, statementAround, textOf } from './mutation.ts';

const STALE = 'no-stale-pid-kill';

/** `if (startedAt === record.startedAt) process.kill(pid)` without the test, and without what was asked for the test alone. */
export const neverVerifyThePid: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'IfStatement' || node.alternate !== null || !isAskedOf(node.test)) return [];
    const isAround = /[kK]ill\w*\(.*pid/.test(textOf(specimen, node.consequent));
    if (!isAround && !turnsAwayFromAKill(node, specimen)) return [];
    const statement = statementAround(node, specimen) ?? node;
    const kept = isAround ? replace(statement, textOf(specimen, node.consequent)) : drop(statement, specimen);
    return [{ what: 'what runs under the pid is not asked', rules: [STALE], node, changes: [kept, ...localsOnlyFor(node.test, specimen)] }];
  });

/** It asks somebody, or compares two things that are no constants. */
function isAskedOf(test: TSESTree.Node): boolean {
  const isConstant = (node: TSESTree.Node): boolean => isNothing(node) || /^(?:Literal|UnaryExpression)$/.test(unwrap(node).type);
  const isAsking = (node: TSESTree.Node): boolean => node.type === 'CallExpression' && !/^(?:Number|Object)\.|existsSync/.test(calleeText(node));
  return someBelow(test, (node) => isAsking(node) || (node.type === 'BinaryExpression' && !isConstant(node.left) && !isConstant(node.right) && /^[!=]==?$/.test(node.operator))) || isNamed(test);
}

/** `if (name === 'encoder')`: what was asked has been put into a local. */
function isNamed(test: TSESTree.Node): boolean {
  const inner = unwrap(test);
  return inner.type === 'BinaryExpression' && inner.right.type === 'Literal' && typeof inner.right.value === 'string';
}

/** `if (!(await isOurs(pid))) return;`, and a kill after it. */
function turnsAwayFromAKill(node: TSESTree.IfStatement, specimen: Specimen): boolean {
  const around = functionOf(node, specimen);
  if (alwaysExits(node.consequent) === 'none' || around === undefined) return false;
  return someBelow(around, (at) => at.range[0] >= node.range[1] && at.type === 'CallExpression' && calleeText(at).startsWith('process.kill('));
}

/** The handler of the exit no longer empties the place that the pid is kept in. */
export const neverForgetThePid: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'AssignmentExpression' || !/pid/i.test(textOf(specimen, node.left)) || !isNothing(node.right)) return [];
    const statement = specimen.parents.get(node);
    if (statement?.type !== 'ExpressionStatement' || !/\.(?:on|once)\(['"](?:close|exit)['"]/.test(specimen.source.text) || !isFunction(functionOf(node, specimen) ?? node)) return [];
    return [{ what: 'the pid is not forgotten when the child ends', rules: [STALE], node, changes: [drop(statement, specimen)] }];
  });
