import { blockOf } from './block-of.ts';
import type { Entry } from './gap-of.ts';
import { isDrain } from './run.ts';
import type { SignalGap } from './signal.ts';
import type { SignalFile } from './signal-file.ts';

/** Another place, in the same block, that handles the same signal: each drains something, and this one ends the process when it is through. */
export function twoRegistries(entry: Entry, groups: readonly (readonly Entry[])[], file: SignalFile): SignalGap | undefined {
  const { registration, run } = entry;
  const exit = run.steps.find(({ kind, guards, isOnFailure }) => kind === 'exit' && guards.length === 0 && !isOnFailure);
  if (exit === undefined || run.dropsListeners) return undefined;
  for (const group of groups) {
    const other = group.find((one) => one.registration.signals.some((signal) => registration.signals.includes(signal)));
    if (other === undefined || other.run.fn === run.fn || group.some((one) => one.registration === registration) || other.run.dropsListeners) continue;
    const drain = other.run.steps.find(isDrain);
    const isTogether = blockOf(other.registration.node, file) === blockOf(registration.node, file);
    if (drain?.wait === undefined || !isTogether || drain.guards.length > 0) continue;
    return { kind: 'two-registries', isSure: true, node: registration.node, work: drain.node, wait: drain.wait, test: undefined, other: other.registration.node };
  }
  return undefined;
}
