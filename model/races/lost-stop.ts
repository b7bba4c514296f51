import { isWait } from '../flow/between.ts';
import { isLog } from '../flow/is-log.ts';
import { isRelease } from '../flow/releases.ts';
import type { Flow, Step } from '../flow/step.ts';
import type { Collision, Flows } from './flows.ts';
import { joins } from './joins.ts';
import { lateEnabling } from './late-enabling.ts';
import { isRecheck, markedBy } from './rechecks.ts';

/** Stop returns at once, because start raises the flag that it tests only after an await. */
export function lostStops({ start, stop }: Flows): Collision[] {
  return stop.steps.flatMap((test, index): Collision[] => {
    if (test.kind !== 'test' || test.exit !== 'return' || test.partial || test.when.is === 'equal') return [];
    if (stop.steps.slice(0, index).some(doesSomething)) return [];
    const late = lateEnabling(start, test);
    if (late === undefined || joins(stop, index, start, late.wait) || leavesMark(start, stop, index)) return [];
    return [{ kind: 'lost-stop', field: test.field, check: test.node, wait: late.wait.node, effect: late.write.node }];
  });
}

/** Stop has begun its work: it is not lost. */
function doesSomething(step: Step): boolean {
  const uses = step.kind === 'call' && step.on !== undefined && !isLog(step);
  return uses || step.kind === 'write' || isWait(step) || isRelease(step);
}

/** What stop did before it returned is seen by start after its await. */
function leavesMark(start: Flow, stop: Flow, until: number): boolean {
  const marks = markedBy(stop.steps.slice(0, until));
  const first = start.steps.findIndex(isWait);
  return start.steps.slice(first + 1).some((step) => isRecheck(step, marks));
}
