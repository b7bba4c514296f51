import { trackBackgroundTasks } from '../edits/track-background-tasks.ts';
import { defineCodemod } from './define-codemod.ts';
import { eachService } from './each-service.ts';

/** Keeps what start begins in the background, logs its failure, and lets stop wait for it under a deadline. */
export default defineCodemod({
  name: 'track-background-tasks',
  description: 'Keep background tasks in a field, log their failure, and wait for them in stop',
  mends: ['no-untracked-background-task'],
  isDefault: false,
  plan: eachService(trackBackgroundTasks),
});
