import type { Entry } from './gap-of.ts';
import { isShared } from './gap-of.ts';

type Group = readonly [Entry, ...Entry[]];

/** Registrations that begin the same shutdown: with the same function, or with functions that come to the same call. */
export function groupsOf(entries: readonly Entry[]): readonly Group[] {
  const groups: [Entry, ...Entry[]][] = [];
  for (const entry of entries) {
    const group = groups.find((others) => others.some((other) => isSameShutdown(other, entry)));
    if (group === undefined) groups.push([entry]);
    else group.push(entry);
  }
  return groups;
}

function isSameShutdown({ run, registration }: Entry, other: Entry): boolean {
  if (run.fn === other.run.fn) return true;
  const signals = new Set(registration.signals);
  // Two handlers of one signal are two registries, however much they have in common.
  if (other.registration.signals.some((signal) => signals.has(signal))) return false;
  return other.run.steps.some((step) => step.kind === 'release' && isShared(step, run));
}
