import type { TSESTree } from '@typescript-eslint/utils';
import { readHotUses } from './locks/hot-uses.ts';
import { lifecycleLock, type SideHolds, sideFact, sideHolds } from './locks/lifecycle-lock.ts';
import { isLockDecorator, lockDecoratorsOf } from './locks/lock-decorators.ts';
import { type LockScope, lockScopeOf } from './locks/lock-scope.ts';
import { holdsLoop, returnsDonePromise } from './locks/over-loop.ts';
import { readReentries } from './locks/reentries.ts';
import { readSelfWaits } from './locks/self-waits.ts';
import type { ClassFacts, Fact, Hold, Lock, LockFacts, Side } from './service.ts';
import type { ResolvedSettings } from './settings.ts';

/**
 * Which lock the lifecycle methods of a class hold, and how well. Without the program, imports and other classes of the file are out
 * of sight, and a lock is told by its usual name alone.
 */
export function readLocks(
  facts: ClassFacts,
  start: Side,
  stop: Side,
  runsInPlace: Fact,
  settings: ResolvedSettings,
  program?: TSESTree.Program,
): LockFacts {
  const methods = [start, stop].flatMap((side) => [...side.methods, ...side.forwarders]);
  const names = new Set([...methods.map(({ name }) => name), '[Symbol.asyncDispose]', '[Symbol.dispose]']);
  const scope = lockScopeOf(facts, settings, names, program);
  const starts = sideHolds(start.methods, scope);
  const stops = sideHolds(stop.methods, scope);
  const lock = lifecycleLock(starts, stops);
  return Object.freeze({
    holds: Object.freeze([...new Set([...starts, ...stops].flatMap(({ holds }) => holds))]),
    lifecycle: lock,
    start: lockedFact(starts, lock, runsInPlace),
    stop: lockedFact(stops, lock, runsInPlace),
    hotUses: Object.freeze(lock === undefined ? [] : readHotUses(lock, scope)),
    reentries: Object.freeze([...readReentries(scope), ...readSelfWaits(scope, stop.methods)]),
    overLoop: Object.freeze(runsInPlace === 'yes' ? overLoop(starts, stops, scope) : []),
    decorators: Object.freeze(
      methods.flatMap((method) =>
        lockDecoratorsOf(method)
          .filter((named) => isLockDecorator(named) && !settings.lockDecorators.some(({ decorator }) => decorator === named.name))
          .map(({ node }) => node),
      ),
    ),
  });
}

/** An in-place runner holds the lock for its transitions only, which is neither all of it nor too little. */
function lockedFact(side: SideHolds, lock: Lock | undefined, runsInPlace: Fact): Fact {
  const fact = sideFact(side, lock);
  return fact === 'no' && runsInPlace !== 'no' && side.every(({ holds }) => holds.length > 0) ? 'unknown' : fact;
}

function overLoop(starts: SideHolds, stops: SideHolds, scope: LockScope): readonly Hold[] {
  const inStart = starts.flatMap(({ holds }) => holds).filter((hold) => holdsLoop(hold, scope));
  const done = [...starts, ...stops].flatMap(({ holds }) => holds).filter((hold) => returnsDonePromise(hold, scope));
  return [...new Set([...inStart, ...done])];
}
