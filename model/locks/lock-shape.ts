import type { ClassFacts } from '../service.ts';
import { LOCK_LIBRARIES, type LockLibrary } from './lock-libraries.ts';
import { ACQUIRE_WORDS, RELEASE_WORDS, RUN_WORDS } from './lock-words.ts';

/** How a lock is held in its own way. */
export type LockShape =
  /** `lock.runExclusive(fn)`; with an empty `method`, `lock(fn)`; with `isKeyed`, a key comes first. */
  | { readonly kind: 'run'; readonly method: string; readonly isKeyed: boolean }
  /** `await lock.acquire()`, then `release()`, `handle.unlock()` or `lock.release()` in a finally. */
  | { readonly kind: 'acquire'; readonly method: string; readonly releasedBy: 'handle' | 'lock' | 'release'; readonly release: string };

/** A lock of a package that can be inserted: `import { Mutex } from 'async-mutex'`. */
export interface PackagedLock {
  readonly from: string;
  /** `default` for a default import. */
  readonly name: string;
  readonly shape: LockShape;
}

/** In the order of preference. Those that are left out break exclusion on a second release, or frees their slot too early. */
const INSERTABLE = ['async-mutex', 'es-toolkit', '@esfx/async-mutex', 'mutex-ts', 'async-lock'];

/** The lock that a project has already, among the packages of its package.json. */
export function packagedLock(packages: readonly string[]): PackagedLock | undefined {
  const from = INSERTABLE.find((name) => packages.includes(name));
  const library = LOCK_LIBRARIES.find((entry) => entry.from === from && entry.permits === undefined);
  const shape = library === undefined ? undefined : shapeOfLibrary(library);
  return library === undefined || shape === undefined ? undefined : { from: library.from, name: library.name, shape };
}

export function shapeOfLibrary({ run, acquire, release, gives, isKeyed }: LockLibrary): LockShape | undefined {
  const [method] = run;
  if (method !== undefined) return { kind: 'run', method, isKeyed: isKeyed === true };
  const [taking] = acquire;
  if (taking === undefined) return undefined;
  return { kind: 'acquire', method: taking, releasedBy: gives ?? 'lock', release: gives === 'release' ? '' : (release[0] ?? '') };
}

/** The shape of a home-made lock, from the methods of its class. */
export function shapeOfClass({ methods }: ClassFacts): LockShape | undefined {
  const run = [...methods.values()].find(({ name, value, isPublic }) => isPublic && RUN_WORDS.has(name) && value.params.length === 1);
  if (run !== undefined) return { kind: 'run', method: run.name, isKeyed: false };
  const acquire = [...methods.values()].find(
    ({ name, value, isPublic }) => isPublic && ACQUIRE_WORDS.has(name) && value.params.length === 0,
  );
  const release = [...methods.keys()].find((name) => RELEASE_WORDS.has(name));
  if (acquire === undefined || release === undefined) return undefined;
  return { kind: 'acquire', method: acquire.name, releasedBy: 'lock', release };
}
