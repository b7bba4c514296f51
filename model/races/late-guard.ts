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

/** A guard's own write, or the body of `if (!this.handle) this.handle = await open()`, where stop has the handle to release. */
function closes(test: TestStep, write: WriteStep, released: ReadonlySet<string>): boolean {
  if (leavesMethod(test)) return turnsAway(test, write) !== 'no';
  return guardsStep(test, write) && write.value.kind === 'fresh' && !write.deep && released.has(test.field);
}
