import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { type Mutation, type Mutator, memberAround, isOfStart, isOfStop, replace, type Specimen, textOf } from './mutation.ts';

const PARTIAL = 'no-partial-lifecycle-lock';

/** `return this.#lock.runExclusive(…)` in a start or a stop. */
interface Hold {
  readonly call: TSESTree.CallExpression;
  readonly callback: TSESTree.Node;
  readonly member: string;
}

function holdsIn(specimen: Specimen): readonly Hold[] {
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
  }));

/** `void this.#lock.runExclusive(…)`: start and stop return before they are done. */
export const dropTheAwait: Mutator = (specimen) =>
  holdsIn(specimen).flatMap(({ call, member }): Mutation[] => {
    const parent = specimen.parents.get(call);
    const what = `${member} does not wait for what it does under the lock`;
    const shared = { what, rules: [PARTIAL, 'require-lifecycle-lock'] as const, node: call };
    if (parent?.type === 'ReturnStatement') return [{ ...shared, changes: [replace(parent, `void ${textOf(specimen, call)};`)] }];
    if (parent?.type === 'AwaitExpression' && specimen.parents.get(parent)?.type === 'ExpressionStatement') return [{ ...shared, changes: [replace(parent, `void ${textOf(specimen, call)}`)] }];
    return [];
  });

/** Another lock of the class serves something else; now the lifecycle lock does that too. */
export const shareTheLock: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'CallExpression' || calleeName(node) !== 'runExclusive' || node.callee.type !== 'MemberExpression') return [];
    const lock = node.callee.object;
    const text = textOf(specimen, lock);
    const isHot = !isOfStart(memberAround(node, specimen)) && !isOfStop(memberAround(node, specimen));
    const own = holdsIn(specimen)[0]?.call.callee;
    if (!isHot || own?.type !== 'MemberExpression' || textOf(specimen, own.object) === text) return [];
    return [{ what: 'a hot path takes the lifecycle lock', rules: ['no-shared-lifecycle-lock'], node, changes: [replace(lock, textOf(specimen, own.object))] }];
  });

/** The half under the lock calls the public method, which waits for the lock. */
export const reenter: Mutator = (specimen) =>
  holdsIn(specimen).flatMap(({ callback, member, call }): Mutation[] => {
    const other = isOfStart(member) ? 'stop' : 'start';
    if (!isFunction(callback) || callback.body.type !== 'BlockStatement' || !holdsIn(specimen).some((hold) => hold.member === other)) return [];
    const at = callback.body.range[0] + 1;
    return [{ what: `${member} calls ${other} under the lock`, rules: ['no-lifecycle-lock-reentry'], node: call, changes: [{ start: at, end: at, text: `\nawait this.${other}();\n` }] }];
  });

function groupByClass(holds: readonly Hold[], { parents }: Specimen): readonly (readonly Hold[])[] {
  const groups = new Map<TSESTree.Node | undefined, Hold[]>();
  for (const hold of holds) {
    let at: TSESTree.Node | undefined = hold.call;
    while (at !== undefined && at.type !== 'ClassBody') at = parents.get(at);
    groups.set(at, [...(groups.get(at) ?? []), hold]);
  }
  return [...groups.values()];
}
