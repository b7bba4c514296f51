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
  const [started, stopped] = [valuesIn(all, 'start'), valuesIn(all, 'stop')];
  const differ = (field: string, others: ReadonlySet<string>): boolean => [...(started.get(field) ?? [])].some((key) => others.size > (others.has(key) ? 1 : 0));
  return new Set([...stopped].flatMap(([field, others]) => (differ(field, others) ? [field] : [])));
}

/** What one side writes to each field. */
function valuesIn(all: readonly Flows[], side: keyof Flows): ReadonlyMap<string, ReadonlySet<string>> {
  const values = new Map<string, Set<string>>();
  for (const flows of all) {
    for (const step of flows[side].steps) if (step.kind === 'write' && !step.deep) values.set(step.field, (values.get(step.field) ?? new Set()).add(keyOf(step)));
  }
  return values;
}

function keyOf({ value }: WriteStep): string {
  return value.kind === 'constant' ? value.key : value.kind;
}
