import { clearTheFlag, dropTheDeadline, neverSetTheFlag, neverTestTheFlag, resolveTheDeadline, setTheFlagAlways } from './drains.ts';
import { dropOneSide, dropTheAwait, dropTheLock, dropTheTransition, holdTheLoop, reenter, shareTheLock } from './locks.ts';
import type { Mutator } from './mutation.ts';
import { dropTheDispose, neverDispose, startInTheConstructor, startInTheProvider, stopByFinalizer, stopByHand } from './ownership.ts';
import { askKilled, dropTheLatch, neverAwaitTheExit, neverKill, neverVerifyThePid } from './processes.ts';
import { dropOneIsolation, dropTheFinally, dropTheRollback, forgetOneUndo, neverUnwind, silenceAStep } from './teardown.ts';
import { dropTheCatch, forgetTheTask, neverClear, neverUnref, neverWaitForTheTask } from './work.ts';

/** Every protection that is taken away, one at a time. */
export const mutators: readonly Mutator[] = [
  dropTheLock,
  dropOneSide,
  dropTheAwait,
  shareTheLock,
  reenter,
  holdTheLoop,
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
  neverKill,
  askKilled,
  neverAwaitTheExit,
  neverVerifyThePid,
  dropTheDispose,
  startInTheConstructor,
  neverDispose,
  stopByHand,
  stopByFinalizer,
  startInTheProvider,
];
