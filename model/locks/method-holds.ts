import type { TSESTree } from '@typescript-eslint/utils';
import type { Hold, Lock, Method } from '../service.ts';
import { lockDecoratorsOf } from './lock-decorators.ts';
import { type FoundMethod, type LockScope, type MethodHolds, scopeIn } from './lock-scope.ts';
import { nestedHolds } from './nested-holds.ts';
import { runTakingIn } from './run-taking.ts';
import type { Taking } from './taking.ts';
import { coverOf } from './taking-at.ts';
import { unreadUse } from './unread-use.ts';

const NOTHING: MethodHolds = Object.freeze({ holds: [], unread: undefined });

/** What a method says about locks. A method that calls itself on the way says nothing more. */
export function methodHolds({ method, owner }: FoundMethod, scope: LockScope): MethodHolds {
  const { value } = method;
  if (scope.answers.has(value)) return scope.answers.get(value) ?? NOTHING;
  scope.answers.set(value, undefined);
  const answer = Object.freeze(readHolds(method, scopeIn(scope, owner, value)));
  scope.answers.set(value, answer);
  return answer;
}

function readHolds(method: Method, scope: LockScope): MethodHolds {
  const { body } = method.value;
  if (!scope.mayLock) return { holds: [], unread: unreadUse(method, scope) };
  const decorated = decoratorHold(method, scope);
  const main =
    body.type === 'BlockStatement'
      ? coverOf(body.body, scope)
      : runTakingIn({ expression: body, isWaited: true, next: 1, isStored: false }, scope);
  const nested = nestedHolds(body, main, method, scope);
  const own = main === undefined ? [] : holdsOf(main, method);
  const holds = [...(decorated === undefined ? [] : [decorated]), ...own, ...nested.holds];
  return { holds: Object.freeze(holds), unread: nested.unread ?? (holds.length === 0 ? unreadUse(method, scope) : undefined) };
}

/** A call that only forwards shows the holds of the helper; one among other work shows how its hold falls short here. */
function holdsOf(taking: Taking, method: Method): readonly Hold[] {
  const { lock, form, node, held, gap, isSure, forwarded } = taking;
  if (forwarded !== undefined && (gap === undefined || forwarded.holds.some((hold) => hold.gap === gap))) return forwarded.holds;
  const covers = isSure === 'yes' ? (gap === undefined ? 'yes' : 'no') : 'unknown';
  return [Object.freeze({ lock, form, node, held: Object.freeze([...held]), method, covers, gap })];
}

/** The decorators that settings name hold a lock of the instance over the whole method. */
function decoratorHold(method: Method, scope: LockScope): Hold | undefined {
  const named = lockDecoratorsOf(method).find(({ name }) => scope.settings.lockDecorators.some(({ decorator }) => decorator === name));
  const setting = scope.settings.lockDecorators.find(({ decorator }) => decorator === named?.name);
  if (named === undefined || setting === undefined) return undefined;
  const property: TSESTree.Node | undefined = scope.self.fields.get(setting.lockProperty)?.node;
  const lock: Lock = { key: setting.lockProperty, scope: 'instance', from: undefined, node: property ?? named.node };
  return Object.freeze({ lock, form: 'callback', node: named.node, held: [method.value.body], method, covers: 'yes', gap: undefined });
}
