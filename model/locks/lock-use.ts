import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { calledUse, curriedUse } from './called-use.ts';
import { delegatedUse } from './delegated-use.ts';
import { constantLockKey } from './lock-key.ts';
import { type FoundLock, lockOf } from './lock-of.ts';
import type { LockScope } from './lock-scope.ts';
import { ACQUIRE_WORDS, LOOK_WORDS, RELEASE_WORDS, RUN_WORDS, TELLING_WORDS } from './lock-words.ts';
import { navigatorUse } from './navigator-use.ts';
import { type LockUse, use } from './use.ts';
import { isWork } from './work-of.ts';

/** Reads a call as the use of a lock; undefined where it has nothing to do with one. */
export function lockUseOf(call: TSESTree.CallExpression, scope: LockScope): LockUse | undefined {
  if (!scope.mayLock) return undefined;
  if (scope.uses.has(call)) return scope.uses.get(call);
  const read = readUse(call, scope);
  scope.uses.set(call, read);
  return read;
}

function readUse(call: TSESTree.CallExpression, scope: LockScope): LockUse | undefined {
  const callee = unwrap(call.callee);
  if (callee.type === 'MemberExpression') {
    return (
      navigatorUse(callee, call) ??
      memberUse(callee, call, scope) ??
      calledUse(callee, call, scope) ??
      delegatedUse(call, scope) ??
      argumentUse(call, scope)
    );
  }
  if (callee.type === 'CallExpression') return curriedUse(callee, call, scope);
  return calledUse(callee, call, scope) ?? argumentUse(call, scope);
}

function memberUse(callee: TSESTree.MemberExpression, call: TSESTree.CallExpression, scope: LockScope): LockUse | undefined {
  const name = memberName(callee);
  // A promise is chained on a tail, which is a lock of another shape: see chain-taking.
  if (name === undefined || name === 'then' || name === 'catch' || name === 'finally') return undefined;
  const tells = TELLING_WORDS.has(name) || scope.settings.lockMethods.includes(name);
  const work = call.arguments.find((argument) => isWork(argument, scope));
  const found = lockOf(callee.object, scope, tells && work !== undefined);
  if (found === undefined) return undefined;
  const { library } = found.kind ?? {};
  if (library?.from === 'effect' && library.run.includes(name)) return use('run', call, found, call.arguments[0] ?? call);
  if (LOOK_WORDS.has(name)) return use('look', call, found);
  const runs =
    library === undefined ? RUN_WORDS.has(name) || tells : library.run.includes(name) || scope.settings.lockMethods.includes(name);
  if (runs && work !== undefined) return keyed(use('run', call, found, work), found, call, scope);
  const acquires = library === undefined ? ACQUIRE_WORDS.has(name) : library.acquire.includes(name);
  if (acquires && work === undefined) return use('acquire', call, found);
  if (library === undefined ? RELEASE_WORDS.has(name) : library.release.includes(name)) return use('release', call, found);
  return use('unread', call, found);
}

/** A keyed lock is one lock for each key: `lock.acquire('lifecycle', fn)`. */
function keyed(read: LockUse, { kind }: FoundLock, call: TSESTree.CallExpression, scope: LockScope): LockUse {
  const [first] = call.arguments;
  const isKeyed = kind?.library?.isKeyed === true || (first !== undefined && first !== read.work && !isOptions(first));
  if (!isKeyed || first === undefined) return read;
  const key = constantLockKey(first, scope);
  const lock = { ...read.lock, key: `${read.lock.key}(${key ?? '…'})` };
  // With a third argument async-lock calls back instead of returning a promise.
  const callsBack = kind?.library?.isKeyed === true && call.arguments.filter((argument) => isWork(argument, scope)).length > 1;
  return { ...read, lock, isSure: key === undefined || callsBack ? 'unknown' : read.isSure };
}

function isOptions(node: TSESTree.Node): boolean {
  return node.type === 'ObjectExpression' || (node.type === 'Literal' && typeof node.value === 'number');
}

/** `withLock(this.mutex, fn)`, a function that takes the lock itself. */
function argumentUse(call: TSESTree.CallExpression, scope: LockScope): LockUse | undefined {
  const callee = unwrap(call.callee);
  const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : undefined;
  if (name === 'withTimeout') return undefined;
  for (const argument of call.arguments) {
    if (argument.type !== 'MemberExpression' && argument.type !== 'Identifier') continue;
    const found = lockOf(argument, scope, false);
    if (found === undefined || found.lock.scope === 'local') continue;
    const work = call.arguments.find((other) => other !== argument && isWork(other, scope));
    const tells =
      name !== undefined &&
      (TELLING_WORDS.has(name) || /^(?:synchronized|usingLock|exclusive)$/.test(name) || scope.settings.lockMethods.includes(name));
    return tells && work !== undefined ? use('run', call, found, work) : use('unread', call, found, work);
  }
  return undefined;
}
