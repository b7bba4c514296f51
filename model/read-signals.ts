import type { TSESTree } from '@typescript-eslint/utils';
import { type Entry, gapOf } from './signals/gap-of.ts';
import { groupsOf } from './signals/groups-of.ts';
import { ownerOf } from './signals/owner-of.ts';
import { registrationsIn } from './signals/registrations.ts';
import { runOf } from './signals/run-of.ts';
import type { SignalHandler } from './signals/signal.ts';
import { type SignalFile, signalFile } from './signals/signal-file.ts';
import { twoRegistries } from './signals/two-registries.ts';

const cache = new WeakMap<TSESTree.Program, readonly SignalHandler[]>();

/** The handlers of shutdown signals in a file, in the order of the text. Read once for each program, and frozen. */
export function signalHandlersOf(program: TSESTree.Program): readonly SignalHandler[] {
  let handlers = cache.get(program);
  if (handlers === undefined) {
    handlers = Object.freeze(readHandlers(signalFile(program)));
    cache.set(program, handlers);
  }
  return handlers;
}

function readHandlers(file: SignalFile): SignalHandler[] {
  const entries = registrationsIn(file).map((registration): Entry => ({ registration, run: runOf(registration.fn, file) }));
  const groups = groupsOf(entries);
  return groups.map((group): SignalHandler => {
    const [{ registration, run }, ...others] = group;
    const registrations = [registration, ...others.map((entry) => entry.registration)] as const;
    const gap = gapOf(group, file) ?? twoRegistries({ registration, run }, groups, file);
    const drain = group.flatMap((entry) => entry.run.steps).find(({ kind, wait }) => kind !== 'exit' && wait !== undefined);
    return Object.freeze({
      registrations,
      signals: [...new Set(group.flatMap((entry) => entry.registration.signals))],
      drain: drain?.node,
      ...ownerOf([...registrations.flatMap(({ node, fn }) => [node, fn]), ...(gap === undefined ? [] : [gap.node])], file),
      sendsSignals: group.some((entry) => entry.run.sendsSignals),
      gap,
    });
  });
}
