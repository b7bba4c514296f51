import { addStartupRollback } from '../edits/add-startup-rollback.ts';
import { defineCodemod } from './define-codemod.ts';
import { eachService } from './each-service.ts';

/** Lets a start that fails halfway give back what it has acquired. */
export default defineCodemod({
  name: 'add-startup-rollback',
  description: 'Give back what a failing start has acquired, the last first, and throw the first error',
  mends: ['require-startup-rollback'],
  isDefault: false,
  plan: eachService(addStartupRollback),
});
