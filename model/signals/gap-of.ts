import type { TSESTree } from '@typescript-eslint/utils';
import { blockOf } from './block-of.ts';
import type { Guard, Run, Step } from './run.ts';
import { isDrain } from './run.ts';
import { comesOut, latchOf, touches, verdictOf } from './second-run.ts';
import type { SignalGap, SignalRegistration } from './signal.ts';
import type { SignalFile } from './signal-file.ts';

/** A registration with what it runs. */
export interface Entry {
  readonly registration: SignalRegistration;
  readonly run: Run;
}

type Gap = SignalGap | undefined;

/** What is wrong with the shutdown that these registrations begin. */
export function gapOf(entries: readonly [Entry, ...Entry[]], file: SignalFile): Gap {
  for (const { run } of entries) {
    const early = exitsEarly(run);
    if (early !== undefined) return early;
  }
  const [first, second] = overlapping(entries, file);
  if (first === undefined || second === undefined) return undefined;
  return exitsSecond(first.run, second.run) ?? runsAgain(first, second, entries) ?? runsAgain(second, first, entries);
}

/** Two registrations, or one of two signals, through which the same shutdown can begin twice. */
function overlapping(entries: readonly [Entry, ...Entry[]], file: SignalFile): readonly [Entry, Entry] | readonly [] {
  for (const first of entries) {
    const { node, signals } = first.registration;
    if (signals.length > 1) return [first, first];
    const second = entries.find(({ registration: other }) => other.signals.some((signal) => !signals.includes(signal)) && blockOf(other.node, file) === blockOf(node, file));
    if (second !== undefined) return [first, second];
  }
  return [];
}

/** `process.exit()` right behind something that goes on without being awaited. */
function exitsEarly(run: Run): Gap {
  for (const [index, step] of run.steps.entries()) {
    if (!step.isLasting || step.wait !== undefined) continue;
    const exit = run.steps
      .slice(index + 1)
      .find((other) => other.kind === 'exit' && !other.isOnFailure && other.thread === step.thread && other.passed === step.passed && isOnlyUnder(other, step));
    if (exit !== undefined) return { kind: 'exits-early', node: exit.node, isSure: true, work: step.node, wait: step.node, test: undefined, other: undefined };
  }
  return undefined;
}

/** Whether everything that leads to the one has been passed by whoever comes to the other. */
function isOnlyUnder(step: Step, other: Step): boolean {
  return step.guards.every((guard) => other.guards.some((same) => same.node === guard.node && same.when === guard.when));
}

/** The drain turns a second signal away without letting it wait, and so it comes to a `process.exit()` at once. */
function exitsSecond(first: Run, second: Run): Gap {
  for (const [index, exit] of second.steps.entries()) {
    if (exit.kind !== 'exit' || exit.isOnFailure || verdictOf(exit, first, second) !== 'again') continue;
    const waits = second.steps.slice(0, index).filter((step) => step.wait !== undefined && step.kind !== 'task' && !step.isOnFailure);
    const [drain] = waits.filter(isDrain);
    const skipped = waits.every((step) => verdictOf(step, first, second) === 'turned-away');
    if (drain === undefined || !skipped || !first.steps.some(({ node }) => node === drain.node)) continue;
    const test = drain.guards.find((guard) => guard.turnsAway && verdictOf({ ...drain, guards: [guard] }, first, second) !== 'again');
    if (test === undefined) continue;
    return { kind: 'exits-second', node: exit.node, isSure: true, work: drain.node, wait: drain.wait ?? drain.node, test: test.node, other: undefined };
  }
  return undefined;
}

function runsAgain(first: Entry, second: Entry, entries: readonly Entry[]): Gap {
  const again = second.run.steps.filter((step) => isShared(step, first.run) && verdictOf(step, first.run, second.run) === 'again');
  const drains = again.filter(isDrain);
  const [drain] = drains;
  if (drain?.wait === undefined) return undefined;
  const base = { work: drain.node, wait: drain.wait, other: undefined } as const;
  const late = lateLatch(drain, first.run);
  if (late !== undefined) return { ...base, kind: 'late-latch', isSure: true, node: late.write, test: late.guard.node };
  const isSure = new Set(drains.map(({ wait }) => wait)).size > 1 || drains.some(({ isRepeated }) => isRepeated);
  const isMore = isSure || again.some((step) => step !== drain && (step.kind === 'exit' || step.kind === 'work') && !step.isOnFailure);
  if (!isMore) return undefined;
  const isOnce = entries.every(({ registration }) => registration.method === 'once');
  return { ...base, kind: isOnce ? 'per-signal' : 'no-latch', isSure, node: second.registration.node, test: undefined };
}

/** Whether the other run comes to the step too: the same node, or the same call in a handler of its own. */
export function isShared(step: Step, run: Run): boolean {
  return run.steps.some((other) => other.node === step.node || (other.name === step.name && other.kind === step.kind));
}

/** A test of a latch on the way to a step that is set only when an await has been passed since. */
function lateLatch(step: Step, run: Run): { readonly guard: Guard; readonly write: TSESTree.Node } | undefined {
  for (const guard of step.guards) {
    const latch = latchOf(guard);
    if (latch === undefined || guard.when === undefined) continue;
    const write = run.writes.find((one) => (one.epoch > guard.epoch || (one.thread === step.thread && one.passed > step.passed)) && guard.reads.paths.some((path) => touches(one, path)) && comesOut(latch, one.sets) === !guard.when);
    if (write !== undefined) return { guard, write: write.node };
  }
  return undefined;
}
