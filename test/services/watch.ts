export interface Watched {
  readonly state: 'pending' | 'rejected' | 'resolved';
  /** What it was rejected with. */
  readonly reason: unknown;
}

/** Observes a promise without waiting for it, so that a deadlock is a state and not a test that hangs. */
export function watch(promise: Promise<unknown>): Watched {
  const watched: { state: Watched['state']; reason: unknown } = { state: 'pending', reason: undefined };
  promise.then(
    () => {
      watched.state = 'resolved';
    },
    (reason: unknown) => {
      watched.state = 'rejected';
      watched.reason = reason;
    },
  );
  return watched;
}
