import type { TSESTree } from '@typescript-eslint/utils';
import { someBelow } from '../ast/some-below.ts';
import { isFunction } from '../ast/is-function.ts';
import { rebindsThis } from '../ast/rebinds-this.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import type { Hold, Method, Reentry } from '../service.ts';
import { type LockScope, scopeIn } from './lock-scope.ts';
import { methodHolds } from './method-holds.ts';
import { peel } from './peel.ts';
import { calledMethod } from './run-taking.ts';
import { waitedCalls } from './waited-calls.ts';

/** A task kept in a field that awaits stop(), while stop() awaits, under the lock, the task in that field. */
export function readSelfWaits(scope: LockScope, stops: readonly Method[]): readonly Reentry[] {
  if (!stops.some((method) => methodHolds({ method, owner: scope.facts }, scope).holds.length > 0)) return [];
  return [...scope.facts.methods.values()].flatMap((method) =>
    storedTasks(method, scope).flatMap(({ field, task, name }): readonly Reentry[] => {
      const inner = scopeIn(scope, scope.facts, task.value);
      return waitedCalls([task.value.body], inner, true).flatMap((call): readonly Reentry[] => {
        const target = calledMethod(call, inner)?.method;
        if (target === undefined || !stops.includes(target)) return [];
        const hold = methodHolds({ method: target, owner: scope.facts }, scope).holds.find(
          (held) => held.covers !== 'unknown' && waitsForField(held, field, scope),
        );
        return hold === undefined ? [] : [{ hold, node: call, via: [name, target.name] }];
      });
    }),
  );
}

interface StoredTask {
  readonly field: string;
  readonly task: Method;
  readonly name: string;
}

/** `this.#task = this.#loop()`, also with `.catch(…)` behind it. */
function storedTasks({ value }: Method, scope: LockScope): readonly StoredTask[] {
  const tasks: StoredTask[] = [];
  visit(value.body, (node) => {
    if (rebindsThis(node)) return 'skip';
    if (node.type !== 'AssignmentExpression') return undefined;
    const field = thisMember(node.left);
    const peeled = field === undefined ? undefined : peel(node.right);
    const name = peeled === undefined || peeled.isAwaited ? undefined : thisMember(peeled.call.callee);
    const task = name === undefined ? undefined : scope.facts.methods.get(name);
    if (field !== undefined && name !== undefined && task !== undefined) tasks.push({ field, task, name });
    return undefined;
  });
  return tasks;
}

function waitsForField(hold: Hold, field: string, scope: LockScope): boolean {
  const locals = scopeIn(scope, scope.facts, hold.method.value).locals;
  const isField = (node: TSESTree.Node): boolean => {
    const inner = unwrap(node);
    const local = inner.type === 'Identifier' ? locals.get(inner.name)?.init : undefined;
    return thisMember(inner) === field || (local !== undefined && thisMember(local) === field);
  };
  return hold.held.some((held) =>
    someBelow(held, (node) => node.type === 'AwaitExpression' && someBelow(node.argument, isField, isFunction)),
  );
}
