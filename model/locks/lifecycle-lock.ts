import type { Fact, Hold, Lock, Method } from '../service.ts';
import { isSameLock } from './lock-of.ts';
import type { LockScope, MethodHolds } from './lock-scope.ts';
import { methodHolds } from './method-holds.ts';

export type SideHolds = readonly MethodHolds[];

export function sideHolds(methods: readonly Method[], scope: LockScope): SideHolds {
  return methods.map((method) => methodHolds({ method, owner: scope.facts }, scope));
}

/** The lock that both sides hold, an instance's own before a shared one; else the only one that there is. */
export function lifecycleLock(start: SideHolds, stop: SideHolds): Lock | undefined {
  const locks: Lock[] = [];
  for (const { lock } of [...start, ...stop].flatMap(({ holds }) => holds))
    if (!locks.some((known) => isSameLock(known, lock))) locks.push(lock);
  const shared = locks.filter((lock) => isHeld(lock, start) && isHeld(lock, stop));
  const best = bestOf(shared, start, stop);
  if (best !== undefined) return best;
  if (locks.length === 1) return locks[0];
  const covering = locks.filter((lock) =>
    [...start, ...stop].some(({ holds }) => holds.some((hold) => hold.covers === 'yes' && isSameLock(hold.lock, lock))),
  );
  return covering.length === 1 ? covering[0] : undefined;
}

function bestOf(locks: readonly Lock[], start: SideHolds, stop: SideHolds): Lock | undefined {
  const rank = (lock: Lock): number =>
    (lock.scope === 'instance' ? 4 : 0) + (sideFact(start, lock) === 'no' ? 0 : 1) + (sideFact(stop, lock) === 'no' ? 0 : 1);
  return locks.toSorted((first, second) => rank(second) - rank(first))[0];
}

function isHeld(lock: Lock, side: SideHolds): boolean {
  return side.some(({ holds }) => holds.some((hold) => isSameLock(hold.lock, lock)));
}

/** Whether every working method of a side holds the lock over its whole body. */
export function sideFact(side: SideHolds, lock: Lock | undefined): Fact {
  const facts = side.map(({ holds, unread }) => methodFact(holds, unread !== undefined, lock));
  if (facts.includes('no')) return 'no';
  return facts.includes('unknown') ? 'unknown' : 'yes';
}

function methodFact(holds: readonly Hold[], hasUnread: boolean, lock: Lock | undefined): Fact {
  const own = lock === undefined ? holds : holds.filter((hold) => isSameLock(hold.lock, lock));
  if (lock !== undefined && own.some(({ covers }) => covers === 'yes')) return 'yes';
  return hasUnread || own.some(({ covers }) => covers === 'unknown') ? 'unknown' : 'no';
}
