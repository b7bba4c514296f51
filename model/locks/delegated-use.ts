import type { TSESTree } from '@typescript-eslint/utils';
import { thisMember } from '../ast/this-member.ts';
import type { Lock, Method } from '../service.ts';
import { lockOf } from './lock-of.ts';
import { findMethod, hasUnknownBase, type LockScope } from './lock-scope.ts';
import { TELLING_WORDS } from './lock-words.ts';
import { methodHolds } from './method-holds.ts';
import { runsName } from './runs-name.ts';
import type { LockUse } from './use.ts';
import { isWork } from './work-of.ts';

/** `this.#exclusive(async () => …)`, where `#exclusive` calls its parameter under a lock. */
export function delegatedUse(call: TSESTree.CallExpression, scope: LockScope): LockUse | undefined {
  const name = thisMember(call.callee);
  if (name === undefined || call.arguments.length === 0) return undefined;
  const found = findMethod(scope, name);
  const work = call.arguments.find((argument) => isWork(argument, scope));
  if (found === undefined) return inheritedUse(name, call, work, scope);
  for (const [index, param] of found.method.value.params.entries()) {
    const argument = call.arguments[index];
    if (param.type !== 'Identifier' || argument === undefined || !isWork(argument, scope)) continue;
    const hold = methodHolds(found, scope).holds.find(({ held }) => held.some((node) => runsName(node, param.name)));
    if (hold === undefined) continue;
    const isSure = hold.covers === 'unknown' ? 'unknown' : 'yes';
    const lock = handedLock(hold.lock, found.method, call, scope) ?? hold.lock;
    return { kind: 'run', lock, call, work: argument, isSure, isReentrant: false, gap: hold.gap };
  }
  return isNamedInSettings(name, scope) && work !== undefined ? lockBehind(name, call, work, found.method.node) : undefined;
}

/** `this.#under(this.#lock, fn)`: the lock is what the caller hands in. */
function handedLock({ key, scope: where }: Lock, { value }: Method, call: TSESTree.CallExpression, scope: LockScope): Lock | undefined {
  const index = where === 'local' ? value.params.findIndex((param) => param.type === 'Identifier' && param.name === key) : -1;
  const argument = call.arguments[index];
  return argument === undefined ? undefined : lockOf(argument, scope, true)?.lock;
}

/** A method of a base out of sight is a lock only by a name that nothing else has. */
function inheritedUse(name: string, call: TSESTree.CallExpression, work: TSESTree.Node | undefined, scope: LockScope): LockUse | undefined {
  const tells = isNamedInSettings(name, scope) || (TELLING_WORDS.has(name) && hasUnknownBase(scope));
  return tells && work !== undefined ? lockBehind(name, call, work, call) : undefined;
}

function lockBehind(name: string, call: TSESTree.CallExpression, work: TSESTree.Node, node: TSESTree.Node): LockUse {
  const lock: Lock = { key: `${name}()`, scope: 'instance', from: undefined, node: name.startsWith('#') ? node : call };
  return { kind: 'run', lock, call, work, isSure: 'yes', isReentrant: false };
}

function isNamedInSettings(name: string, { settings }: LockScope): boolean {
  return settings.lockMethods.includes(name) || (name.startsWith('#') && settings.lockMethods.includes(name.slice(1)));
}
