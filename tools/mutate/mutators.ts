import { clearTheFlag, dropTheDeadline, neverSetTheFlag, neverTestTheFlag, resolveTheDeadline, setTheFlagAlways } from './drains.ts';
import { dropOneSide, dropTheAwait, dropTheLock, dropTheTransition, reenter } from './locks.ts';
import type { Mutator } from './mutation.ts';
import { dropTheDispose, neverDispose, startInTheConstructor, stopByFinalizer, stopByHand, stopOnlyWhenWell } from './ownership.ts';
import { neverForgetThePid, neverVerifyThePid } from './pids.ts';
import { startInTheProvider } from './providers.ts';
import { askKilled, neverAwaitTheExit, neverKill } from './processes.ts';
import { holdTheLoop, unboxTheEnd } from './run-loops.ts';
import { makeTheLockAnew, makeTheLockGlobal, makeTheLockStatic, shareTheLock } from './shared-locks.ts';
import { dropTheLatch, neverSetTheLatch, setTheLatchLate } from './signals.ts';
import { dropOneIsolation, dropTheFinally, dropTheRollback, forgetOneUndo, neverUnwind, silenceAStep } from './teardown.ts';
import { dropTheCatch, forgetTheTask, neverClear, neverUnref, neverWaitForTheTask } from './work.ts';

/** Every protection that is taken away, one at a time. */
export const mutators: readonly Mutator[] = [
  dropTheLock,
  dropOneSide,
  dropTheAwait,
  shareTheLock,
  makeTheLockStatic,
  makeTheLockGlobal,
  makeTheLockAnew,
  reenter,
  holdTheLoop,
  unboxTheEnd,
  dropTheTransition,
  dropTheDeadline,
  resolveTheDeadline,
  neverSetTheFlag,
  setTheFlagAlways,
  neverTestTheFlag,
  clearTheFlag,
  dropTheFinally,
  dropOneIsolation,
  silenceAStep,
  dropTheRollback,
  forgetOneUndo,
  neverUnwind,
  dropTheCatch,
  forgetTheTask,
  neverWaitForTheTask,
  neverClear,
  neverUnref,
  dropTheLatch,
  neverSetTheLatch,
  setTheLatchLate,
  neverKill,
  askKilled,
  neverAwaitTheExit,
  neverVerifyThePid,
  neverForgetThePid,
  dropTheDispose,
  startInTheConstructor,
  neverDispose,
  stopByHand,
  stopOnlyWhenWell,
  stopByFinalizer,
  startInTheProvider,
];
