import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../../model/ast/always-exits.ts';
import { calleeName } from '../../model/ast/callee-name.ts';
import { isLogging } from '../../model/ast/is-logging.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { FLAG } from './flags.ts';
import { classOf, drop, insideOf, isOfStart, isOfStop, kindAt, memberAround, type Mutation, type Mutator, replace, type Specimen, statementsAfter, textOf } from './mutation.ts';

const AWAIT = ({ type }: TSESTree.Node): boolean => type === 'AwaitExpression';
const CALL = ({ type }: TSESTree.Node): boolean => type === 'CallExpression' || type === 'AwaitExpression';
const RELEASES = /(?<![a-z])(?:close|deregister|destroy|disconnect|dispose|end|finish|kill|release|shutdown|stop|terminate|unregister|unsubscribe|withdraw)(?:[A-Z]\w*)?\(/;

/** `try { await a(); } finally { b(); }` without the try: b is skipped when a fails. */
export const dropTheFinally: Mutator = (specimen) =>
  triesIn(specimen).flatMap((node): Mutation[] => {
    if (node.finalizer === null || node.handler !== null || !isOfStop(memberAround(node, specimen))) return [];
    const text = `${insideOf(specimen, node.block)}${insideOf(specimen, node.finalizer)}`;
    const rules = textOf(specimen, node.finalizer).includes('release(') ? (['no-partial-lifecycle-lock'] as const) : (['no-skipped-teardown', 'require-kill-escalation'] as const);
    return [{ what: 'the finally is taken off', rules, node, changes: [replace(node, text)], harmless: whyOnlyFields(node.finalizer, specimen) }];
  });

function whyOnlyFields(block: TSESTree.BlockStatement, specimen: Specimen): string | undefined {
  const body = classOf(block, specimen);
  const isRefused = body !== undefined && FLAG.test(textOf(specimen, body));
  return isRefused && !someBelow(block, CALL) ? 'only fields are reset, and after the one error that can come the next start is refused' : undefined;
}

/** A step of stop without the try that kept its failure from the next. */
export const dropOneIsolation: Mutator = (specimen) =>
  isolatedSteps(specimen).map((node): Mutation => ({
    what: 'one step is no longer isolated',
    rules: ['no-skipped-teardown'],
    node,
    changes: [replace(node, insideOf(specimen, node.block))],
    harmless: whyNoService(node, specimen) ?? (statementsAfter(node, specimen).some((statement) => matters(statement)) ? undefined : 'no step comes after it that it could skip'),
  }));

/** Nobody hears of the step that failed. */
export const silenceAStep: Mutator = (specimen) =>
  isolatedSteps(specimen).flatMap((node): Mutation[] => {
    const { handler } = node;
    if (handler === null || handler.body.body.length === 0) return [];
    const harmless = whyNoService(node, specimen) ?? (RELEASES.test(textOf(specimen, node.block)) ? undefined : 'not asked: the step releases nothing');
    return [{ what: 'a failed step is swallowed in silence', rules: ['no-skipped-teardown'], node, changes: [replace(handler, 'catch {}')], harmless }];
  });

function whyNoService(node: TSESTree.Node, specimen: Specimen): string | undefined {
  return kindAt(node, specimen) === undefined ? 'not asked where no service stops' : undefined;
}

function isolatedSteps(specimen: Specimen): readonly TSESTree.TryStatement[] {
  return triesIn(specimen).filter((node) => {
    if (node.handler === null || node.finalizer !== null || !isOfStop(memberAround(node, specimen))) return false;
    if (alwaysExits(node.handler.body) !== 'none' || !someBelow(node.block, AWAIT)) return false;
    return !/Timeout|\.kill\(/.test(textOf(specimen, node.handler));
  });
}

/** A step; not what only throws, logs or forgets. */
function matters(statement: TSESTree.Node): boolean {
  if (statement.type === 'ThrowStatement' || statement.type === 'ReturnStatement') return false;
  if (statement.type === 'IfStatement' && alwaysExits(statement.consequent) !== 'none') return false;
  if (statement.type === 'IfStatement' && isLogging(expressionOf(statement.consequent))) return false;
  if (statement.type !== 'ExpressionStatement') return someBelow(statement, CALL);
  const { expression } = statement;
  // A stop that failed can be called again, and comes by it then.
  if (expression.type === 'AssignmentExpression' && !someBelow(expression.right, CALL)) return false;
  const isNote = expression.type === 'CallExpression' && (isLogging(expression) || calleeName(expression) === 'push');
  return !isNote && someBelow(statement, CALL);
}

function expressionOf(statement: TSESTree.Statement): TSESTree.Node {
  return statement.type === 'ExpressionStatement' ? statement.expression : statement;
}

function isTestedByStart(field: string | undefined, specimen: Specimen): boolean {
  return field !== undefined && specimen.nodes.some((node) => node.type === 'IfStatement' && isOfStart(memberAround(node, specimen)) && someBelow(node.test, (part) => thisMember(part) === field));
}

/** With the list of what was to be undone. */
export const dropTheRollback: Mutator = (specimen) =>
  triesIn(specimen).flatMap((node): Mutation[] => {
    const member = memberAround(node, specimen);
    if (node.handler === null || !isOfStart(member) || isOfStop(member) || alwaysExits(node.handler.body) === 'none' || !someBelow(node.block, AWAIT)) return [];
    // A handler that only tells is no rollback.
    if (!/undo|rollback|cleanup/i.test(textOf(specimen, node.handler)) && !RELEASES.test(textOf(specimen, node.handler))) return [];
    const kept = undosIn(specimen).filter(({ range }) => node.block.range[0] <= range[0] && range[1] <= node.block.range[1]);
    const list = specimen.nodes.find((one) => one.type === 'VariableDeclaration' && /^(?:const|let) undo\b/.test(textOf(specimen, one)) && specimen.parents.get(one) === specimen.parents.get(node));
    const changes = [...kept.map((one) => drop(one, specimen)), { start: node.range[0], end: node.block.range[0] + 1, text: '' }, { start: node.block.range[1] - 1, end: node.range[1], text: '' }];
    return [{ what: 'the rollback is taken off', rules: ['require-startup-rollback'], node, changes: list === undefined ? changes : [drop(list, specimen), ...changes] }];
  });

/** The rollback forgets one thing. */
export const forgetOneUndo: Mutator = (specimen) =>
  undosIn(specimen).map((node): Mutation => ({
    what: 'one acquisition is left out of the rollback',
    rules: ['require-startup-rollback'],
    node,
    changes: [drop(node, specimen)],
    harmless: whyNotStuck(node, specimen),
  }));

function whyNotStuck(undo: TSESTree.Node, specimen: Specimen): string | undefined {
  const fields = specimen.nodes.filter((node) => node.type === 'AssignmentExpression' && undo.range[0] <= node.range[0] && node.range[1] <= undo.range[1]) as TSESTree.AssignmentExpression[];
  if (fields.length === 0 || RELEASES.test(textOf(specimen, undo).replace(/^\w+\.\w+\(/, '')) || fields.some(({ left }) => isTestedByStart(thisMember(left), specimen))) return undefined;
  return 'only fields are reset that the next start does not look at';
}

function undosIn(specimen: Specimen): readonly TSESTree.Node[] {
  return specimen.nodes.filter((node) => node.type === 'ExpressionStatement' && /^(?:undo|rollback|cleanups?|stack)\.(?:push|defer)\(/.test(textOf(specimen, node)) && isOfStart(memberAround(node, specimen)));
}

/** `await using undo = new AsyncDisposableStack();` that nobody disposes of. */
export const neverUnwind: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'VariableDeclaration' || node.kind !== 'await using' || !textOf(specimen, node).includes('new AsyncDisposableStack(')) return [];
    const start = node.range[0];
    const rules = kindAt(node, specimen) === undefined ? (['prefer-await-using'] as const) : (['require-startup-rollback', 'prefer-await-using'] as const);
    return [{ what: 'the stack is not disposed of', rules, node, changes: [{ start, end: start + 'await using'.length, text: 'const' }] }];
  });

function triesIn({ nodes }: Specimen): readonly TSESTree.TryStatement[] {
  return nodes.filter((node) => node.type === 'TryStatement');
}
