import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { alwaysExits } from '../../model/ast/always-exits.ts';
import { drop, functionOf, type Mutation, type Mutator, replace, type Specimen, textOf } from './mutation.ts';

const LATCH = 'require-shutdown-latch';

/** `if (stopping) return;`, and the statement of the same function that makes it hold: `stopping = true;`, `ending.abort();`. */
interface Latch {
  readonly test: TSESTree.IfStatement;
  readonly set: TSESTree.ExpressionStatement;
}

/** Whether a file listens to more than one signal. */
function hearsSignals({ source: { text } }: Specimen): boolean {
  const signals = new Set(Array.from(text.matchAll(/['"](SIG(?:BREAK|HUP|INT|QUIT|TERM))['"]/g), ([, name]) => name));
  return signals.size > 1 && /\bprocess\b\s*\.(?:on|once)\(/.test(text);
}


function latchesIn(specimen: Specimen): readonly Latch[] {
  if (!hearsSignals(specimen)) return [];
  return specimen.nodes.flatMap((test): Latch[] => {
    if (test.type !== 'IfStatement' || test.alternate !== null || !leaves(test.consequent)) return [];
    const fn = functionOf(test, specimen);
    const set = specimen.nodes.find((node) => node.type === 'ExpressionStatement' && node.range[0] > test.range[1] && functionOf(node, specimen) === fn && sets(node, test.test, specimen));
    return fn !== undefined && set?.type === 'ExpressionStatement' ? [{ test, set }] : [];
  });
}

/** A second signal that ends the process at once is turned away too. */
function leaves(node: TSESTree.Statement): boolean {
  return alwaysExits(node) !== 'none' || someBelow(node, (at) => at.type === 'CallExpression' && at.callee.type === 'MemberExpression' && at.callee.property.type === 'Identifier' && at.callee.property.name === 'exit');
}

function sets({ expression }: TSESTree.ExpressionStatement, test: TSESTree.Node, specimen: Specimen): boolean {
  const path = textOf(specimen, test).replace(/^!/, '').replace(/ [!=]==? .*$/, '');
  if (expression.type === 'AssignmentExpression') return expression.operator === '=' && textOf(specimen, expression.left) === path;
  return path.endsWith('.signal.aborted') && textOf(specimen, expression) === path.replace(/\.signal\.aborted$/, '.abort()');
}

/** Whoever sends a second signal runs it all again. */
export const dropTheLatch: Mutator = (specimen) => [
  ...latchesIn(specimen).map(({ test }): Mutation => ({ what: 'the latch is not tested', rules: [LATCH], node: test, changes: [replace(test, '')], harmless: whyLatchedOutside(test, specimen) })),
  ...promisesIn(specimen).map((node): Mutation => ({ what: 'the promise of the first run is not kept', rules: [LATCH], node, changes: [replace(node, `${textOf(specimen, node.left)} = ${textOf(specimen, node.right)}`)] })),
];

export const neverSetTheLatch: Mutator = (specimen) =>
  latchesIn(specimen).map(({ test, set }): Mutation => ({ what: 'the latch is not set', rules: [LATCH], node: set, changes: [drop(set, specimen)], harmless: whyLatchedOutside(test, specimen) }));

/** `stopping = true;` once the first of what it waits for is over. */
export const setTheLatchLate: Mutator = (specimen) =>
  latchesIn(specimen).flatMap(({ test, set }): Mutation[] => {
    const block = specimen.parents.get(set);
    const wait = block?.type === 'BlockStatement' ? block.body.find((statement) => statement.range[0] > set.range[1] && someBelow(statement, ({ type }) => type === 'AwaitExpression', isFunction)) : undefined;
    if (wait === undefined) return [];
    const after = { start: wait.range[1], end: wait.range[1], text: `\n${textOf(specimen, set)}` };
    return [{ what: 'the latch is set after an await', rules: [LATCH], node: set, changes: [drop(set, specimen), after], harmless: whyLatchedOutside(test, specimen) }];
  });

/** `shutdown ??= close()` */
function promisesIn(specimen: Specimen): readonly TSESTree.AssignmentExpression[] {
  if (!hearsSignals(specimen)) return [];
  return specimen.nodes.filter((node) => node.type === 'AssignmentExpression' && node.operator === '??=' && node.right.type === 'CallExpression') as TSESTree.AssignmentExpression[];
}

/** Whether the function of another latch calls that of this one, and nothing else does. */
function whyLatchedOutside(test: TSESTree.IfStatement, specimen: Specimen): string | undefined {
  const isInner = latchesIn(specimen).some((other) => other.test !== test && calls(other.test, test, specimen));
  return isInner ? 'the latch of its only caller turns a second signal away' : undefined;
}

function calls(latch: TSESTree.Node, called: TSESTree.Node, specimen: Specimen): boolean {
  const [caller, callee] = [functionOf(latch, specimen), functionOf(called, specimen)];
  const declarator = callee === undefined ? undefined : specimen.parents.get(callee);
  if (caller === undefined || callee === caller || declarator?.type !== 'VariableDeclarator') return false;
  const name = textOf(specimen, declarator.id);
  const uses = specimen.nodes.filter((node) => node.type === 'Identifier' && node.name === name && node !== declarator.id && specimen.parents.get(node)?.type !== 'MemberExpression');
  return uses.length > 0 && uses.every((use) => contains(caller, use));
}
