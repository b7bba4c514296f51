const EVENT = 'unhandledRejection';

/** Collects the rejections that nobody handles, in place of whoever else would, until it is closed. */
export function unhandled(): { readonly seen: readonly string[]; close(): void } {
  const seen: string[] = [];
  const others = process.listeners(EVENT);
  const collect = (reason: unknown): void => {
    seen.push(reason instanceof Error ? reason.message : String(reason));
  };
  process.removeAllListeners(EVENT);
  process.on(EVENT, collect);
  return {
    seen,
    close() {
      process.off(EVENT, collect);
      for (const other of others) process.on(EVENT, other);
    },
  };
}
