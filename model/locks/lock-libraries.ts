import type { Imported } from './file-names.ts';

/** How one export of a lock library is used. */
export interface LockLibrary {
  /** The package. */
  readonly from: string;
  readonly name: string;
  /** What the default export is usually called, to know it where the import cannot be seen. */
  readonly usualName?: string;
  /** Methods that run a callback under the lock; `''` where the lock itself is called. */
  readonly run: readonly string[];
  readonly acquire: readonly string[];
  readonly release: readonly string[];
  /** What `acquire` resolves with: a function that releases, or a handle with a method that does; else the lock itself releases. */
  readonly gives?: 'handle' | 'release';
  /** Where the number of holders stands: it is a lock only if that is a literal 1. */
  readonly permits?: 'argument' | 'concurrency';
  /** `run` takes a key first. */
  readonly isKeyed?: boolean;
}

const acquireRelease = { run: [], acquire: ['acquire'], release: ['release'] };

export const LOCK_LIBRARIES: readonly LockLibrary[] = [
  { from: 'async-mutex', name: 'Mutex', ...acquireRelease, run: ['runExclusive'], gives: 'release' },
  { from: 'async-mutex', name: 'MutexInterface', ...acquireRelease, run: ['runExclusive'] },
  { from: 'async-mutex', name: 'Semaphore', ...acquireRelease, run: ['runExclusive'], permits: 'argument' },
  { from: 'es-toolkit', name: 'Mutex', ...acquireRelease },
  { from: 'es-toolkit', name: 'Semaphore', ...acquireRelease, permits: 'argument' },
  { from: 'async-lock', name: 'default', usualName: 'AsyncLock', run: ['acquire'], acquire: [], release: [], isKeyed: true },
  { from: 'await-lock', name: 'default', usualName: 'AwaitLock', run: [], acquire: ['acquireAsync'], release: ['release'] },
  { from: 'p-mutex', name: 'default', usualName: 'PMutex', run: ['withLock'], acquire: ['lock'], release: ['unlock'] },
  { from: 'p-limit', name: 'default', usualName: 'pLimit', run: [''], acquire: [], release: [], permits: 'argument' },
  { from: 'p-limit', name: 'limitFunction', usualName: 'limitFunction', run: [''], acquire: [], release: [], permits: 'concurrency' },
  { from: 'p-queue', name: 'default', usualName: 'PQueue', run: ['add'], acquire: [], release: [], permits: 'concurrency' },
  { from: '@esfx/async-mutex', name: 'AsyncMutex', run: [], acquire: ['lock'], release: ['unlock'], gives: 'handle' },
  { from: '@openally/mutex', name: 'Mutex', ...acquireRelease, gives: 'release', permits: 'concurrency' },
  { from: 'mutex-ts', name: 'Mutex', run: [], acquire: ['obtain', 'lock'], release: ['release'], gives: 'release' },
  { from: '@sapphire/async-queue', name: 'AsyncQueue', run: [], acquire: ['wait'], release: ['shift'] },
  { from: 'semaphore-async-await', name: 'Lock', run: ['execute'], acquire: ['acquire', 'wait'], release: ['release', 'signal'] },
  {
    from: 'semaphore-async-await',
    name: 'Semaphore',
    run: ['execute'],
    acquire: ['acquire', 'wait'],
    release: ['release', 'signal'],
    permits: 'argument',
  },
  {
    from: 'semaphore-async-await',
    name: 'default',
    run: ['execute'],
    acquire: ['acquire', 'wait'],
    release: ['release', 'signal'],
    permits: 'argument',
  },
  {
    from: 'async-sema',
    name: 'Sema',
    usualName: 'Sema',
    run: [],
    acquire: ['acquire', 'v'],
    release: ['release', 'p'],
    permits: 'argument',
  },
  { from: 'mortice', name: 'default', usualName: 'createMortice', run: [], acquire: ['writeLock'], release: [], gives: 'release' },
  { from: '@core/asyncutil', name: 'Mutex', ...acquireRelease },
  { from: '@core/asyncutil', name: 'Lock', run: ['lock'], acquire: [], release: [] },
  { from: '@core/asyncutil', name: 'Semaphore', run: ['lock'], acquire: [], release: [], permits: 'argument' },
];

/** Packages whose locks are leases between processes. */
const LEASES = /^(?:@upstash\/lock|@sesamecare-oss\/redlock|redlock|redis-semaphore|proper-lockfile|simple-redis-mutex)(?:\/|$)/;

export function isLease({ from }: Imported): boolean {
  return LEASES.test(from);
}

/** The entry for an imported name; `namespaceMember` is `Mutex` in `locks.Mutex`. */
export function libraryOf({ from, name }: Imported, namespaceMember?: string): LockLibrary | undefined {
  const module = from.replace(/^(?:jsr|npm):/, '');
  const wanted = namespaceMember ?? name;
  const entries = LOCK_LIBRARIES.filter((entry) => module === entry.from || module.startsWith(`${entry.from}/`));
  return (
    entries.find((entry) => entry.name === wanted) ??
    (namespaceMember === undefined && name === '*' ? entries.find((entry) => entry.name === 'default') : undefined)
  );
}

/** The entry for a name whose import is out of sight. */
export function libraryByName(name: string): LockLibrary | undefined {
  return LOCK_LIBRARIES.find((entry) => entry.usualName === name);
}
