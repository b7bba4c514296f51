import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { memberName } from '../../model/ast/member-name.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { failuresOf } from './failing-work.ts';
import { drop, functionOf, isOfStart, isOfStop, kindAt, memberAround, type Mutation, type Mutator, replace, type Specimen, textOf } from './mutation.ts';

const TASK = 'no-untracked-background-task';
const TIMER = 'require-timer-release';
const KEEP_ALIVE = /heart[-_ ]?beat|keep[-_ ]?alive/i;

/** `this.#task = this.#run()…`: a task that is kept. */
function keptTasks(specimen: Specimen): readonly { readonly node: TSESTree.AssignmentExpression; readonly field: string }[] {
  return specimen.nodes.flatMap((node) => {
    const field = node.type === 'AssignmentExpression' ? thisMember(node.left) : undefined;
    if (node.type !== 'AssignmentExpression' || field === undefined) return [];
    return /^(?:#?)(?:task|worker|loop|run|running|probing|consuming|polling|sweep|done|job)\w*$/i.test(field) && unwrap(node.right).type === 'CallExpression' ? [{ node, field }] : [];
  });
}

export const dropTheCatch: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'CallExpression' || calleeName(node) !== 'catch' || node.callee.type !== 'MemberExpression') return [];
    if (!keptTasks(specimen).some((kept) => kept.node.range[0] <= node.range[0] && node.range[1] <= kept.node.range[1])) return [];
    return [{ what: 'the catch at the spawn is taken off', rules: [TASK], node, changes: [replace(node, textOf(specimen, node.callee.object))], harmless: whyNeverFails(node.callee.object, specimen) }];
  });

/** `this.#run().catch(…)`, where `#run` catches all. */
function whyNeverFails(work: TSESTree.Node, specimen: Specimen): string | undefined {
  return unwrap(work).type === 'CallExpression' && failuresOf(work, specimen).every((failure) => failure === 'never') ? 'the task catches all its errors itself' : undefined;
}

export const forgetTheTask: Mutator = (specimen) =>
  keptTasks(specimen).flatMap(({ node }): Mutation[] => [{ what: 'the task is not kept', rules: [TASK], node, changes: [replace(node, `void ${textOf(specimen, node.right)}`)] }]);

/** `await this.#task` and `await pTimeout(this.#task, …)` in stop. */
export const neverWaitForTheTask: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'AwaitExpression' || !isOfStop(memberAround(node, specimen))) return [];
    const statement = specimen.parents.get(node);
    const names = keptTasks(specimen).map(({ field }) => `this.${field}`);
    const waits = names.some((name) => textOf(specimen, node).includes(name));
    if (!waits || statement?.type !== 'ExpressionStatement') return [];
    return [{ what: 'stop does not wait for the task', rules: [TASK, 'require-lifecycle-lock'], node, changes: [drop(statement, specimen)] }];
  });

export const neverClear: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'CallExpression' || !/^clear(?:Interval|Timeout|Immediate)$/.test(calleeName(node) ?? '')) return [];
    const statement = specimen.parents.get(node);
    if (statement?.type !== 'ExpressionStatement') return [];
    return [{ what: 'the timer is not cleared', rules: [TIMER, 'require-drain-timeout'], node, changes: [drop(withItsTest(statement, specimen), specimen)], harmless: whyCleared(node, specimen) ?? whyOver(node, specimen) }];
  });

/** `if (this.timer !== null) clearTimeout(this.timer);` as a whole: a test with nothing behind it is no code that anybody would leave. */
function withItsTest(statement: TSESTree.Statement, { parents }: Specimen): TSESTree.Statement {
  const parent = parents.get(statement);
  return parent?.type === 'IfStatement' && parent.consequent === statement && parent.alternate === null ? parent : statement;
}

/** `clearInterval(this.timer); this.timer = setInterval(…)` in start, or in the very callback of a timeout that fires once. */
function whyOver(clear: TSESTree.CallExpression, specimen: Specimen): string | undefined {
  const field = clear.arguments[0] === undefined ? undefined : thisMember(clear.arguments[0]);
  const around = functionOf(clear, specimen);
  const member = memberAround(clear, specimen);
  const set = specimen.nodes.find((node) => node.type === 'AssignmentExpression' && field !== undefined && thisMember(node.left) === field && node.range[0] > clear.range[1] && functionOf(node, specimen) === around);
  if (set?.type !== 'AssignmentExpression') return undefined;
  const isOwnCallback = textOf(specimen, set.right).startsWith('setTimeout(') && textOf(specimen, set.right).includes(`=> this.${member}()`);
  return isOfStart(member) || isOwnCallback ? 'only a second start would find it running, which is a matter of the lock' : undefined;
}

function whyCleared(clear: TSESTree.CallExpression, specimen: Specimen): string | undefined {
  const around = functionOf(clear, specimen);
  const same = specimen.nodes.filter((node) => node.type === 'CallExpression' && node !== clear && textOf(specimen, node) === textOf(specimen, clear));
  return same.some((node) => functionOf(node, specimen) === around && node.range[0] < clear.range[0]) ? 'the same timer has been cleared a few lines above' : undefined;
}

export const neverUnref: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || memberName(node.callee) !== 'unref') return [];
    const timer = textOf(specimen, node.callee.object);
    const set = specimen.nodes.flatMap((other) => (other.type === 'AssignmentExpression' && textOf(specimen, other.left) === timer ? [textOf(specimen, other.right)] : []));
    const harmless = KEEP_ALIVE.test([timer, ...set].join(' ')) ? whyOffNode(node, specimen) : 'not asked: it keeps nothing alive, so the process may wait for it';
    const statement = specimen.parents.get(node);
    const changes = [statement?.type === 'ExpressionStatement' ? drop(statement, specimen) : replace(node, timer)];
    return [{ what: 'the unref is taken off', rules: [TIMER], node, changes, harmless }];
  });

/** A file outside of services which imports nothing of Node may run in a browser. */
function whyOffNode(node: TSESTree.Node, specimen: Specimen): string | undefined {
  const isService = kindAt(node, specimen) !== undefined;
  return isService || /^import (?!type ).* from ['"]node:/m.test(specimen.source.text) ? undefined : 'not asked where nothing else tells that the file runs on Node, and elsewhere a timer has no unref()';
}
