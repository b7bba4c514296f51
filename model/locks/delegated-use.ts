import type { TSESTree } from '@typescript-eslint/utils';
import { thisMember } from '../ast/this-member.ts';
import type { Lock } from '../service.ts';
import { findMethod, hasUnknownBase, type LockScope } from './lock-scope.ts';
import type { LockUse } from './lock-use.ts';
import { TELLING_WORDS } from './lock-words.ts';
import { methodHolds } from './method-holds.ts';
import { runsName } from './runs-name.ts';
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
    const isSure = hold.gap === undefined ? hold.covers : 'yes';
    return { kind: 'run', lock: hold.lock, call, work: argument, isSure, isReentrant: false, ...(hold.gap === undefined ? {} : { gap: hold.gap }) };
  }
  return isNamedInSettings(name, scope) && work !== undefined ? lockBehind(name, call, work, found.method.node) : undefined;
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
