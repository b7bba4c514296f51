import { waitBetween } from '../flow/between.ts';
import { guardsStep } from '../flow/guards-step.ts';
import { leavesMethod } from '../flow/leaves-method.ts';
import { reaches } from '../flow/reaches.ts';
import { releasedBy } from '../flow/releases.ts';
import { turnsAway } from '../flow/turns-away.ts';
import type { TestStep, WriteStep } from '../flow/step.ts';
import { entryGuard } from './entry-guard.ts';
import type { Collision, Flows } from './flows.ts';
import { isSuperseded } from './rechecks.ts';
import { runsOnce } from './runs-once.ts';

/** Start tests a field, awaits, and writes it only afterwards: a second start passes the test. */
export function lateGuards({ start, stop }: Flows): Collision[] {
  if (entryGuard(start) !== undefined) return [];
  const { steps } = start;
  const released = new Set(stop.steps.flatMap(releasedBy));
  const writes = new Map<string, { readonly write: WriteStep; readonly at: number }[]>();
  for (const [at, write] of steps.entries()) if (write.kind === 'write') add(writes, write.field, { write, at });
  return steps.flatMap((test, from): Collision[] => {
    if (test.kind !== 'test') return [];
    const found = writes.get(test.field)?.find(({ write, at }) => at > from && reaches(test, write) && closes(test, write, released));
    const wait = found && waitBetween(steps, from, found.at);
    if (found === undefined || wait === undefined || runsOnce(start, found.write) || isSuperseded(steps, found.write)) return [];
    return [{ kind: 'late-guard', field: test.field, check: test.node, wait: wait.node, effect: found.write.node }];
  });
}

function add<T>(to: Map<string, T[]>, key: string, value: T): void {
  const known = to.get(key);
  if (known === undefined) to.set(key, [value]);
  else known.push(value);
}

/**
 * A guard's own write. Of `if (!this.handle) this.handle = await open()` only where stop has the handle to release: what nobody releases
 * is a value that start keeps for later.
 */
function closes(test: TestStep, write: WriteStep, released: ReadonlySet<string>): boolean {
  if (write.value.kind === 'fresh' && guardsStep(test, write)) return !write.deep && released.has(test.field);
  return leavesMethod(test) && turnsAway(test, write) !== 'no';
}
