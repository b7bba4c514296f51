import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { keyName } from '../../model/ast/key-name.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { classOf, isOfStart, isOfStop, memberAround, type Mutation, type Mutator, replace, type Specimen, textOf } from './mutation.ts';

const PARTIAL = 'no-partial-lifecycle-lock';

/** `return this.#lock.runExclusive(…)` in a start or a stop. */
interface Hold {
  readonly call: TSESTree.CallExpression;
  readonly callback: TSESTree.Node;
  readonly member: string;
}

export function holdsIn(specimen: Specimen): readonly Hold[] {
  return specimen.nodes.flatMap((node): Hold[] => {
    if (node.type !== 'CallExpression' || calleeName(node) !== 'runExclusive') return [];
    const callback = node.arguments.find(isFunction);
    const member = memberAround(node, specimen);
    const isLifecycle = /^(?:start|stop|connect|disconnect|open|close|shutdown|listen|run)$/.test(member);
    return callback !== undefined && isLifecycle ? [{ call: node, callback, member }] : [];
  });
}

/** The body runs as before, and nobody holds anything. */
function unlocked(specimen: Specimen, { call, callback }: Hold): Mutation['changes'] {
  return [replace(call, `(${textOf(specimen, callback)})()`)];
}

export const dropTheLock: Mutator = (specimen) => {
  const byClass = groupByClass(holdsIn(specimen), specimen);
  return byClass.flatMap((holds): Mutation[] => {
    const [first] = holds;
    if (first === undefined || !holds.some(({ member }) => isOfStart(member)) || !holds.some(({ member }) => isOfStop(member))) return [];
    return [{ what: 'the lock is taken off both sides', rules: ['require-lifecycle-lock'], node: first.call, changes: holds.flatMap((hold) => unlocked(specimen, hold)) }];
  });
};

export const dropOneSide: Mutator = (specimen) =>
  holdsIn(specimen).map((hold): Mutation => ({
    what: `${hold.member} no longer holds the lock`,
    rules: [PARTIAL, 'require-lifecycle-lock'],
    node: hold.call,
    changes: unlocked(specimen, hold),
    harmless: isAtOnce(specimen, hold.call) ? 'all that is done under the lock is one turn of the event loop' : undefined,
  }));

/** Whether nothing waits under the lock, on either side: then nobody can come in between, with the lock or without. */
function isAtOnce(specimen: Specimen, call: TSESTree.Node): boolean {
  const holds = groupByClass(holdsIn(specimen), specimen).find((group) => group.some((hold) => hold.call === call)) ?? [];
  return holds.every(({ callback }) => runsAtOnce(callback, call, specimen));
}

function runsAtOnce(callback: TSESTree.Node, call: TSESTree.Node, specimen: Specimen, depth = 0): boolean {
  const body = classOf(call, specimen);
  const methodNamed = (name: string): TSESTree.Node | undefined =>
    body?.type === 'ClassBody' ? body.body.find((member) => member.type === 'MethodDefinition' && keyName(member) === name) : undefined;
  return !someBelow(callback, (node) => {
    const own = node.type === 'CallExpression' ? thisMember(node.callee) : undefined;
    const method = own === undefined ? undefined : methodNamed(own);
    return node.type === 'AwaitExpression' || (own !== undefined && (method === undefined || depth > 2 || !runsAtOnce(method, call, specimen, depth + 1)));
  });
}

/** `void this.#lock.runExclusive(…)`: start and stop return before they are done. */
export const dropTheAwait: Mutator = (specimen) =>
  holdsIn(specimen).flatMap(({ call, member }): Mutation[] => {
    const parent = specimen.parents.get(call);
    const what = `${member} does not wait for what it does under the lock`;
    const shared = { what, rules: [PARTIAL, 'require-lifecycle-lock', 'no-untracked-background-task'] as const, node: call };
    if (parent?.type === 'ReturnStatement') return [{ ...shared, changes: [replace(parent, `void ${textOf(specimen, call)};`)] }];
    if (parent?.type === 'AwaitExpression' && specimen.parents.get(parent)?.type === 'ExpressionStatement') return [{ ...shared, changes: [replace(parent, `void ${textOf(specimen, call)}`)] }];
    return [];
  });

/** `setTimeout(() => this.#lock.runExclusive(() => this.#suspend()))`: a change of state outside of start and stop. */
export const dropTheTransition: Mutator = (specimen) => {
  const own = holdsIn(specimen)[0]?.call.callee;
  const key = own?.type === 'MemberExpression' ? textOf(specimen, own.object) : undefined;
  return specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'CallExpression' || calleeName(node) !== 'runExclusive' || node.callee.type !== 'MemberExpression' || textOf(specimen, node.callee.object) !== key) return [];
    const callback = node.arguments.find(isFunction);
    if (callback === undefined || holdsIn(specimen).some(({ call }) => call === node)) return [];
    return [{ what: 'a transition does not hold the lock', rules: ['no-unlocked-transition'], node, changes: [replace(node, `(${textOf(specimen, callback)})()`)] }];
  });
};

/** The half under the lock calls the public method, which waits for the lock. */
export const reenter: Mutator = (specimen) =>
  holdsIn(specimen).flatMap(({ callback, member, call }): Mutation[] => {
    const other = isOfStart(member) ? 'stop' : 'start';
    if (!isFunction(callback) || callback.body.type !== 'BlockStatement' || !holdsIn(specimen).some((hold) => hold.member === other)) return [];
    const at = callback.body.range[0] + 1;
    return [{ what: `${member} calls ${other} under the lock`, rules: ['no-lifecycle-lock-reentry'], node: call, changes: [{ start: at, end: at, text: `\nawait this.${other}();\n` }] }];
  });

function groupByClass(holds: readonly Hold[], specimen: Specimen): readonly (readonly Hold[])[] {
  const groups = new Map<TSESTree.Node | undefined, Hold[]>();
  for (const hold of holds) {
    const at = classOf(hold.call, specimen);
    groups.set(at, [...(groups.get(at) ?? []), hold]);
  }
  return [...groups.values()];
}
