import { waitBetween } from '../flow/between.ts';
import { reaches } from '../flow/reaches.ts';
import { isDrop, isRelease } from '../flow/releases.ts';
import type { CallStep, Step } from '../flow/step.ts';
import { entryGuard } from './entry-guard.ts';
import type { Collision, Flows } from './flows.ts';
import { runsOnce } from './runs-once.ts';

/** Two stops await the release of one handle, which is dropped only afterwards. */
export function doubleStops({ start, stop }: Flows): Collision[] {
  if (entryGuard(stop) !== undefined) return [];
  const { steps } = stop;
  const made = new Set(start.steps.flatMap((step) => (step.kind === 'write' && step.value.kind === 'fresh' ? [step.field] : [])));
  const drops = new Map<string, number>();
  for (const [at, step] of steps.entries()) if (isDrop(step) && !drops.has(step.field)) drops.set(step.field, at);
  return steps.flatMap((step, from): Collision[] => {
    if (!isAwaitedRelease(step) || step.on === undefined || !made.has(step.on)) return [];
    const { on } = step;
    if (runsOnce(stop, step)) return [];
    const dropped = drops.get(on) ?? -1;
    if (dropped <= from) return [];
    const drop = steps[dropped];
    const wait = waitBetween(steps, from, dropped);
    if (drop === undefined || wait === undefined || !reaches(step, drop)) return [];
    return [{ kind: 'double-stop', field: on, check: step.node, wait: wait.node, effect: drop.node }];
  });
}

function isAwaitedRelease(step: Step): step is CallStep {
  return isRelease(step) && step.waited;
}
