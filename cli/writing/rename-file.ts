import { renameSync } from 'node:fs';

const HELD: ReadonlySet<unknown> = new Set(['EACCES', 'EBUSY', 'EPERM']);
const WAIT_MS = 50;
const WAITS = 20;

/**
 * Renames a file, over another one if there is one. Windows refuses that while a third program, such as a virus scanner or an indexer, looks into either
 * of them, which mostly is a matter of milliseconds: there it is tried again for a second. Throws what the file system throws.
 */
export function renameFile(from: string, to: string, platform: NodeJS.Platform = process.platform): void {
  for (let wait = 0; ; wait++) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const isHeld = error instanceof Error && 'code' in error && HELD.has(error.code);
      if (!isHeld || platform !== 'win32' || wait === WAITS) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
    }
  }
}
