const rejections: unknown[] = [];

/** Keeps unhandled rejections from whoever else listens, the test runner above all, until they are taken. */
export async function keepingRejections<T>(run: () => Promise<T>): Promise<T> {
  const others = process.listeners('unhandledRejection');
  const keep = (reason: unknown): void => void rejections.push(reason);
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', keep);
  process.on('rejectionHandled', ignore); // else Node warns of each that is handled too late
  try {
    return await run();
  } finally {
    process.off('unhandledRejection', keep);
    process.off('rejectionHandled', ignore);
    for (const other of others) process.on('unhandledRejection', other);
  }
}

function ignore(): void {
  // nothing to do
}

export function takeRejections(): readonly unknown[] {
  return rejections.splice(0);
}
