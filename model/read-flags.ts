import type { TSESTree } from '@typescript-eslint/utils';
import type { Flow, Step } from './flow/step.ts';
import type { Flows } from './races/flows.ts';

/** Where one side looks at a field and where it sets it, in its order. */
export interface FlagUses {
  readonly tests: readonly TSESTree.Node[];
  readonly writes: readonly TSESTree.Node[];
}

/** A field by which start and stop know whether the service runs: one that either tests and either writes. */
export interface Flag {
  readonly field: string;
  readonly start: FlagUses;
  readonly stop: FlagUses;
}

/** The state of a service as its two sides see it. */
export function readFlags(all: readonly Flows[]): readonly Flag[] {
  const starts = [...new Set(all.map(({ start }) => start))];
  const stops = [...new Set(all.map(({ stop }) => stop))];
  const steps = [...starts, ...stops].flatMap((flow) => flow.steps);
  const written = new Set(steps.flatMap((step) => (isWrite(step) ? [step.field] : [])));
  const tested = new Set(steps.flatMap((step) => (step.kind === 'test' ? [step.field] : [])));
  return Object.freeze(
    [...tested].filter((field) => written.has(field)).map((field): Flag => Object.freeze({ field, start: usesOf(field, starts), stop: usesOf(field, stops) })),
  );
}

function usesOf(field: string, flows: readonly Flow[]): FlagUses {
  const steps = flows.flatMap((flow) => flow.steps);
  const tests = new Set(steps.flatMap((step) => (step.kind === 'test' && step.field === field ? [step.node] : [])));
  const writes = new Set(steps.flatMap((step) => (isWrite(step) && step.field === field ? [step.node] : [])));
  return { tests: [...tests], writes: [...writes] };
}

function isWrite(step: Step): step is Step & { readonly kind: 'write' } {
  return step.kind === 'write' && !step.deep;
}
