import { isWait } from '../flow/between.ts';
import { leavesMethod } from '../flow/leaves-method.ts';
import type { WriteStep } from '../flow/step.ts';
import type { Flows } from '../races/flows.ts';
import { endedBy } from './ended-by.ts';

/** The fields by which start and stop know whether the service runs. */
export interface Stakes {
  /** Tested by one of them to turn a caller away, and written by both, each in its own way. */
  readonly flags: ReadonlySet<string>;
  /** What stop releases or waits for: a connection, a process, a task. Timers are not among them. */
  readonly handles: ReadonlySet<string>;
}

export function stakesOf(all: readonly Flows[]): Stakes {
  const stops = all.flatMap(({ stop }) => stop.steps);
  const steps = [...all.flatMap(({ start }) => start.steps), ...stops];
  const states = statesIn(all);
  const begun = new Set(steps.flatMap((step) => (step.kind === 'spawn' && step.what !== 'timer' && step.field !== undefined ? [step.field] : [])));
  const released = stops.flatMap((step) => endedBy(step) ?? []);
  const drained = stops.flatMap((step) => (isWait(step) && step.field !== undefined && begun.has(step.field) ? [step.field] : []));
  // What the caller handed to start belongs to the caller.
  const given = new Set(steps.flatMap((step) => (step.kind === 'write' && !step.deep && step.value.kind === 'given' ? [step.field] : [])));
  return {
    flags: new Set(steps.flatMap((step) => (leavesMethod(step) && states.has(step.field) ? [step.field] : []))),
    handles: new Set([...released, ...drained].filter((field) => !given.has(field))),
  };
}

/** `running`, `status`: what start and stop both write, and not the same. A mark that work is under way is none. */
function statesIn(all: readonly Flows[]): ReadonlySet<string> {
  const valuesIn = (side: keyof Flows, field: string): string[] =>
    all.flatMap((flows) => flows[side].steps.flatMap((step) => (step.kind === 'write' && !step.deep && step.field === field ? [keyOf(step)] : [])));
  const fields = new Set(all.flatMap(({ stop }) => stop.steps.flatMap((step) => (step.kind === 'write' ? [step.field] : []))));
  return new Set([...fields].filter((field) => valuesIn('start', field).some((key) => valuesIn('stop', field).some((other) => other !== key))));
}

function keyOf({ value }: WriteStep): string {
  return value.kind === 'constant' ? value.key : value.kind;
}
