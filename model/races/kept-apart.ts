import type { LockFacts, Race } from '../service.ts';

/** Whether the lock that there is keeps the other call out while this one waits: the wait is under it, and the other side holds it throughout. */
export function isKeptApart({ kind, wait }: Race, lock: LockFacts): boolean {
  const other = kind === 'stop-during-start' ? lock.stop : kind === 'start-during-stop' ? lock.start : 'unknown';
  if (other !== 'yes' || lock.lifecycle === undefined) return false;
  const { key } = lock.lifecycle;
  const [from, to] = wait.range;
  return lock.holds.some((hold) => hold.lock.key === key && hold.held.some(({ range }) => range[0] <= from && to <= range[1]));
}
