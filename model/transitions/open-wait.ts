import { isWait, waitBetween } from '../flow/between.ts';
import { reaches } from '../flow/reaches.ts';
import type { AwaitStep, Flow } from '../flow/step.ts';
import { isJoin } from '../races/joins.ts';
import type { Flows } from '../races/flows.ts';
import type { ClassFacts } from '../service.ts';
import type { Act } from './acts-in.ts';
import { isEnd } from './ended-by.ts';
import { isAwaitedByStop } from './is-awaited-by-stop.ts';
import { isCheckedAfter, isRechecked } from './is-rechecked.ts';

/**
 * The last await before an act, or the one given, where nothing is tested between the two, it is no wait for start or stop, and stop does not wait
 * until both are over.
 */
export function openWait({ step, what, field }: Act, flow: Flow, all: readonly Flows[], facts: ClassFacts, given?: AwaitStep): AwaitStep | undefined {
  const wait = given ?? waitBetween(flow.steps, -1, flow.steps.indexOf(step));
  if (wait === undefined || isRechecked(wait, step, facts) || (what === 'spawn' && isCheckedAfter(step, field, facts))) return undefined;
  return all.some(({ start, stop }) => isJoin(wait, start) || isJoin(wait, stop) || isAwaitedByStop(flow, wait, stop)) ? undefined : wait;
}

/** The await of a release that goes with an act: `this.running = false; await this.session.close()`. What was swapped out first is nobody else's. */
export function releaseWait({ step }: Act, { steps }: Flow): AwaitStep | undefined {
  const from = steps.indexOf(step);
  const release = steps.findIndex((later, at) => at >= from && later.kind === 'call' && isEnd(later) && later.waited && !later.viaLocal && (later === step || reaches(step, later)));
  return release === -1 ? undefined : steps.slice(release).find(isWait);
}
