import { calleeName } from '../../model/ast/callee-name.ts';
import { calleeText } from '../../model/ast/callee-text.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { type Mutation, type Mutator, remove, replace, statementAround, textOf } from './mutation.ts';

const FLAG = /unrestartable|poisoned|timedOut|broken|stuck/i;

export const dropTheDeadline: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'CallExpression') return [];
    const [first] = node.arguments;
    const isDeadline = /^(?:pTimeout|withTimeout|timeout|withDeadline)$/.test(calleeName(node) ?? '') && first !== undefined && first.type !== 'ArrayExpression';
    const isRace = /^Promise\.race\(/.test(calleeText(node)) && first?.type === 'ArrayExpression';
    const work = isRace ? first.elements[0] : isDeadline ? first : undefined;
    return work == null ? [] : [{ what: 'the deadline is taken off', rules: ['require-drain-timeout', 'require-kill-escalation'], node, changes: [replace(node, textOf(specimen, work))] }];
  });

/** Whatever ends the wait, nobody learns of it. */
export const resolveTheDeadline: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'CallExpression' || calleeName(node) !== 'pTimeout') return [];
    const [, options] = node.arguments;
    const last = options?.type === 'ObjectExpression' ? options.properties.at(-1) : undefined;
    if (last === undefined) return [];
    const at = last.range[1];
    return [{ what: 'the deadline resolves', rules: ['require-drain-timeout', 'require-unrestartable-flag', 'require-kill-escalation'], node, changes: [{ start: at, end: at, text: ', message: false' }] }];
  });

export const neverSetTheFlag: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'AssignmentExpression' || !FLAG.test(thisMember(node.left) ?? '') || textOf(specimen, node.right) !== 'true') return [];
    const statement = specimen.parents.get(node);
    if (statement?.type !== 'ExpressionStatement') return [];
    return [{ what: 'the flag is not set', rules: ['require-unrestartable-flag'], node, changes: [replace(statement, '{}')] }];
  });

export const setTheFlagAlways: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'IfStatement' || node.alternate !== null || !FLAG.test(textOf(specimen, node.consequent)) || !textOf(specimen, node.test).includes('instanceof')) return [];
    return [{ what: 'the flag is set on every error', rules: ['require-unrestartable-flag'], node, changes: [replace(node, textOf(specimen, node.consequent))] }];
  });

export const neverTestTheFlag: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    const isTest = node.type === 'IfStatement' && FLAG.test(textOf(specimen, node.test)) && /throw /.test(textOf(specimen, node.consequent));
    return isTest ? [{ what: 'the flag is not tested', rules: ['require-unrestartable-flag'], node, changes: [remove(node)] }] : [];
  });

export const clearTheFlag: Mutator = (specimen) =>
  neverTestTheFlag(specimen).flatMap(({ node }): Mutation[] => {
    const flag = node.type === 'IfStatement' ? thisMember(node.test) : undefined;
    if (flag === undefined || node.type !== 'IfStatement') return [];
    const statement = statementAround(node, specimen) ?? node;
    const text = `if (${textOf(specimen, node.test)}) {\n${textOf(specimen, node.test)} = false;\n}`;
    return [{ what: 'start takes the flag back in place of refusing', rules: ['require-unrestartable-flag'], node, changes: [replace(statement, text)] }];
  });
