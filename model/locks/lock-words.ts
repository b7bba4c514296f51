import { wordsOf } from '../ast/words-of.ts';

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ''));
}

/** Methods that run a callback under a lock, where the receiver is known or named to be one. */
export const RUN_WORDS: ReadonlySet<string> = words(`
  acquire add critical dispatch do enqueue exclusive exec execute guard lock protect queue request run runExclusive
  runInLock runLocked runUnderLock runWith schedule serialize synchronize synchronized use with withLock withMutex
  withPermit withPermits
`);

/** Among them those that only a lock has, so that they tell one whatever it is called. */
export const TELLING_WORDS: ReadonlySet<string> = words(
  'lockAndRun runExclusive runInLock runLocked runUnderLock runWithLock withLock withMutex withPermit withPermits',
);

export const ACQUIRE_WORDS: ReadonlySet<string> = words('acquire acquireAsync acquireLock enter lock obtain take wait writeLock');

export const RELEASE_WORDS: ReadonlySet<string> = words(
  'free leave release releaseLock shift signal unlock [Symbol.dispose] [Symbol.asyncDispose]',
);

/** Methods that look at a lock or wait for it, and hold nothing afterwards. */
export const LOOK_WORDS: ReadonlySet<string> = words(`
  cancel clear drain drained getValue isAcquired isBusy isFree isIdle isLocked isPending locked nrWaiting off on onEmpty
  onIdle once setValue waitForDrained waitForUnlock waitUntilFree waitUntilUnlocked
`);

const LOCKS = words('lock mtx mutex sema semaphore sequencer serializer');
/** Words before `lock` that name something else: a lease, a file, a row, a screen. */
const OTHER_LOCKS = words(`
  advisory cluster consul db dead distributed etcd file has is leader optimistic pessimistic pid pointer redis remote row
  screen scroll should table time un wake was
`);

/** Whether a field or class is named for a lock: `#lifecycleLock`, `mutex`, `AsyncMutex`; not `isLocked`, `lockFile` or `clock`. */
export function isLockName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1);
  return last !== undefined && LOCKS.has(last) && !words.slice(0, -1).some((word) => OTHER_LOCKS.has(word));
}
