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
  return steps.flatMap((test, from): Collision[] => {
    if (test.kind !== 'test') return [];
    const to = steps.findIndex((step, at) => at > from && step.kind === 'write' && step.field === test.field && reaches(test, step) && closes(test, step, released));
    const wait = to === -1 ? undefined : waitBetween(steps, from, to);
    const write = steps[to];
    if (wait === undefined || write === undefined || runsOnce(start, write) || isSuperseded(steps, write)) return [];
    return [{ kind: 'late-guard', field: test.field, check: test.node, wait: wait.node, effect: write.node }];
  });
}

/**
 * A guard's own write. Of `if (!this.handle) this.handle = await open()` only where stop has the handle to release: what nobody releases
 * is a value that start keeps for later.
 */
function closes(test: TestStep, write: WriteStep, released: ReadonlySet<string>): boolean {
  if (write.value.kind === 'fresh' && guardsStep(test, write)) return !write.deep && released.has(test.field);
  return leavesMethod(test) && turnsAway(test, write) !== 'no';
}
