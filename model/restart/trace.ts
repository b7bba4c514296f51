import { Calls } from './calls.ts';

/** What was called on a path: before the promise at issue rejected, and since. */
export interface Trace {
  readonly before: Calls;
  readonly since: Calls;
}

export function newTrace(): Trace {
  return { before: new Calls(), since: new Calls() };
}

export function copyOfTrace({ before, since }: Trace): Trace {
  return { before: before.copy(), since: since.copy() };
}

export function joinTraces(first: Trace, second: Trace): Trace {
  return { before: first.before.joinedWith(second.before), since: first.since.joinedWith(second.since) };
}
