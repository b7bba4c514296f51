import { isWait, waitBetween } from '../flow/between.ts';
import { reaches } from '../flow/reaches.ts';
import { holds } from '../flow/turns-away.ts';
import { isRelease } from '../flow/releases.ts';
import type { Flow, Step, TestStep, WriteStep } from '../flow/step.ts';
import type { Race } from '../service.ts';
import type { Flows } from './flows.ts';
import { joins } from './joins.ts';
import { isRecheck, markedBy } from './rechecks.ts';

/** Stop returns at once, because start raises the flag that it tests only after an await. */
export function lostStops({ start, stop }: Flows): Race[] {
  return stop.steps.flatMap((test, index): Race[] => {
    if (test.kind !== 'test' || test.exit !== 'return' || test.partial || test.when.is === 'equal') return [];
    if (stop.steps.slice(0, index).some(doesSomething)) return [];
    if (joins(stop, start, index) || leavesMark(start, stop, index)) return [];
    const late = lateEnabling(start, test);
    return late === undefined ? [] : [{ kind: 'lost-stop', field: test.field, check: test.node, wait: late.wait, effect: late.write.node }];
  });
}

/** Stop has begun its work: it is not lost. */
function doesSomething(step: Step): boolean {
  return isWait(step) || isRelease(step) || step.kind === 'write';
}

/** The write that lets stop through, where every such write of start comes after an await. */
function lateEnabling({ steps }: Flow, test: TestStep): { readonly wait: Race['wait']; readonly write: WriteStep } | undefined {
  for (const [index, step] of steps.entries()) {
    if (step.kind !== 'write' || step.field !== test.field || step.deep || holds(test.when, step.value) !== 'no') continue;
    const wait = waitBetween(steps, -1, index);
    // A write in the catch clause of the same call is no first one.
    if (wait === undefined || !steps.slice(0, index).some((earlier) => isWait(earlier) && reaches(earlier, step))) return undefined;
    return { wait: wait.node, write: step };
  }
  return undefined;
}

/** What stop did before it returned is seen by start after its await. */
function leavesMark(start: Flow, stop: Flow, until: number): boolean {
  const marks = markedBy(stop.steps.slice(0, until));
  const first = start.steps.findIndex(isWait);
  return start.steps.slice(first + 1).some((step) => isRecheck(step, marks));
}
