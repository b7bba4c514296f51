import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Fact, Hold, Lock } from '../service.ts';
import { delegatedUse } from './delegated-use.ts';
import { constantLockKey } from './lock-key.ts';
import { hasLeak } from './lock-kind.ts';
import { type FoundLock, lockOf } from './lock-of.ts';
import { findMethod, type LockScope } from './lock-scope.ts';
import { ACQUIRE_WORDS, LOOK_WORDS, RELEASE_WORDS, RUN_WORDS, TELLING_WORDS } from './lock-words.ts';
import { isWork } from './work-of.ts';

/** What a call does with a lock. `unread`: something, but what cannot be told. */
export interface LockUse {
  readonly kind: 'acquire' | 'look' | 'release' | 'run' | 'unread';
  readonly lock: Lock;
  readonly call: TSESTree.CallExpression;
  /** What runs under the lock, for `run`. */
  readonly work: TSESTree.Node | undefined;
  /** Whether it is sure that this excludes others while the work runs. */
  readonly isSure: Fact;
  readonly isReentrant: boolean;
  /** What a delegate leaves to be desired. */
  readonly gap?: Hold['gap'];
}

/** Reads a call as the use of a lock; undefined where it has nothing to do with one. */
export function lockUseOf(call: TSESTree.CallExpression, scope: LockScope): LockUse | undefined {
  const callee = unwrap(call.callee);
  if (callee.type === 'MemberExpression') {
    return navigatorUse(callee, call) ?? memberUse(callee, call, scope) ?? calledLock(callee, call, scope) ?? delegatedUse(call, scope) ?? argumentUse(call, scope);
  }
  if (callee.type === 'CallExpression') return curriedUse(callee, call, scope);
  return calledLock(callee, call, scope) ?? argumentUse(call, scope);
}

function use(kind: LockUse['kind'], call: TSESTree.CallExpression, { lock, kind: declared }: FoundLock, work?: TSESTree.Node): LockUse {
  const isLeaky = declared?.isLeaky === true || call.arguments.some(hasLeak);
  const isSure = isLeaky ? 'unknown' : (declared?.isLock ?? 'yes');
  return { kind, lock, call, work, isSure, isReentrant: declared?.isReentrant ?? false };
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
  const runs = library === undefined ? RUN_WORDS.has(name) || tells : library.run.includes(name) || scope.settings.lockMethods.includes(name);
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

/** `limit(fn)` and `this.#limit(fn)` of p-limit, and a `limitFunction`, which has its work inside. */
function calledLock(callee: TSESTree.Node, call: TSESTree.CallExpression, scope: LockScope): LockUse | undefined {
  const own = thisMember(callee);
  if (callee.type !== 'Identifier' && (own === undefined || findMethod(scope, own) !== undefined)) return undefined;
  const found = lockOf(callee, scope, false);
  if (found?.kind?.library?.run.includes('') !== true) return undefined;
  const inside = found.kind.library.name === 'limitFunction' ? limitedFunction(found.lock.node) : undefined;
  return use('run', call, found, call.arguments.find((argument) => isWork(argument, scope)) ?? inside ?? call);
}

function limitedFunction(declaration: TSESTree.Node): TSESTree.Node | undefined {
  const init = declaration.type === 'PropertyDefinition' ? declaration.value : declaration.type === 'AssignmentExpression' ? declaration.right : null;
  return init?.type === 'CallExpression' ? init.arguments[0] : undefined;
}

/** Effect's `semaphore.withPermits(1)(effect)`. */
function curriedUse(inner: TSESTree.CallExpression, call: TSESTree.CallExpression, scope: LockScope): LockUse | undefined {
  const callee = unwrap(inner.callee);
  const [permits] = inner.arguments;
  if (callee.type !== 'MemberExpression' || memberName(callee) !== 'withPermits' || permits?.type !== 'Literal' || permits.value !== 1) return undefined;
  const found = lockOf(callee.object, scope, true);
  return found === undefined ? undefined : use('run', call, found, call.arguments[0] ?? call);
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
    const tells = name !== undefined && (TELLING_WORDS.has(name) || /^(?:synchronized|usingLock|exclusive)$/.test(name) || scope.settings.lockMethods.includes(name));
    return tells && work !== undefined ? use('run', call, found, work) : use('unread', call, found, work);
  }
  return undefined;
}

/** The names of web locks are global: two instances of the class wait for one another. */
function navigatorUse(callee: TSESTree.MemberExpression, call: TSESTree.CallExpression): LockUse | undefined {
  const object = unwrap(callee.object);
  if (memberName(callee) !== 'request' || object.type !== 'MemberExpression' || memberName(object) !== 'locks') return undefined;
  const root = unwrap(object.object);
  const isNavigator = root.type === 'Identifier' ? root.name === 'navigator' : root.type === 'MemberExpression' && memberName(root) === 'navigator';
  const [name] = call.arguments;
  const work = call.arguments.at(-1);
  if (!isNavigator || name === undefined || work === undefined || call.arguments.length < 2) return undefined;
  const key = name.type === 'Literal' ? JSON.stringify(name.value) : name.type === 'Identifier' ? name.name : '…';
  const lock: Lock = { key: `navigator.locks(${key})`, scope: 'global', from: 'navigator.locks', node: callee };
  return { kind: 'run', lock, call, work, isSure: key === '…' || call.arguments.some(hasLeak) ? 'unknown' : 'yes', isReentrant: false };
}
