import { addLifecycleLock } from '../edits/add-lifecycle-lock.ts';
import { defineCodemod } from './define-codemod.ts';

/** Makes start and stop of every service exclude each other. */
export default defineCodemod({
  name: 'add-lifecycle-lock',
  description: 'Hold one lifecycle lock over the whole of start and stop',
  mends: ['require-lifecycle-lock', 'no-partial-lifecycle-lock', 'no-lock-across-run-loop'],
  plan: addLifecycleLock,
});
