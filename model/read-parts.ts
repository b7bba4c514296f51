import type { TSESTree } from '@typescript-eslint/utils';
import { isRelease, releasedBy } from './flow/releases.ts';
import type { Step } from './flow/step.ts';
import { begun } from './races/begun.ts';
import type { Flows } from './races/flows.ts';

/** An inner service, where one side begins or ends it. */
export interface Part {
  readonly field: string;
  readonly node: TSESTree.Node;
}

/** The inner services that start begins and stop ends, in the order of each. */
export interface Parts {
  readonly started: readonly Part[];
  readonly stopped: readonly Part[];
}

export function readParts([{ start, stop }]: readonly [Flows, ...Flows[]]): Parts {
  const started = firsts(start.steps, (step) => [begun(step)]);
  const stopped = firsts(stop.steps, (step) => (isRelease(step) ? releasedBy(step) : []));
  // What only one side calls belongs to somebody else, or is no service: `this.db.listen(…)`.
  const both = (of: readonly Part[], others: readonly Part[]): readonly Part[] => of.filter(({ field }) => others.some((other) => other.field === field));
  return Object.freeze({ started: both(started, stopped), stopped: both(stopped, started) });
}

function firsts(steps: readonly Step[], fieldsOf: (step: Step) => readonly (string | undefined)[]): readonly Part[] {
  const found = new Map<string, Part>();
  for (const step of steps) {
    for (const field of fieldsOf(step)) if (field !== undefined && !found.has(field)) found.set(field, { field, node: step.node });
  }
  return [...found.values()];
}
