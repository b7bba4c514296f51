import type { LockFacts, Race } from '../service.ts';

/** Whether the lock that there is keeps the other call out while this one waits: the wait is under it, and the other side holds it throughout. */
export function isKeptApart({ kind, wait }: Race, lock: LockFacts): boolean {
  const other = kind === 'stop-during-start' ? lock.stop : kind === 'start-during-stop' ? lock.start : 'unknown';
  if (other !== 'yes' || lock.lifecycle === undefined) return false;
  const { key } = lock.lifecycle;
  const [from, to] = wait.range;
  return lock.holds.some((hold) => hold.lock.key === key && hold.held.some(({ range }) => range[0] <= from && to <= range[1]));
}

/** Whether the lifecycle lock closes a race altogether: the calls that collide come one after the other. A second start after the first is still a second start. */
export function isClosedByLock(race: Race, lock: LockFacts): boolean {
  if (isKeptApart(race, lock) || waitsAfterItsTest(race, lock)) return true;
  const { kind } = race;
  if (kind === 'no-guard' || lock.lifecycle === undefined) return false;
  if (kind === 'late-guard') return lock.start === 'yes';
  return lock.stop === 'yes' && (kind === 'double-stop' || lock.start === 'yes');
}

/** The other call gets by its test, which stands before the lock, but waits for the lock before it does anything. */
function waitsAfterItsTest({ kind, wait, start, stop }: Race, lock: LockFacts): boolean {
  if (kind !== 'stop-during-start' && kind !== 'start-during-stop') return false;
  const other = lock.holds.filter(({ lock: { key }, method }) => key === lock.lifecycle?.key && method.name === (kind === 'stop-during-start' ? stop : start));
  if (other.length === 0 || other.some(({ covers, gap }) => covers !== 'yes' && gap?.kind !== 'check-before')) return false;
  return lock.holds.some((hold) => hold.lock.key === lock.lifecycle?.key && hold.held.some(({ range }) => range[0] <= wait.range[0] && wait.range[1] <= range[1]));
}
