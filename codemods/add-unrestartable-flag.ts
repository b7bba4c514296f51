import { addUnrestartableFlag } from '../edits/add-unrestartable-flag.ts';
import { defineCodemod } from './define-codemod.ts';
import { eachService } from './each-service.ts';

/** Lets a stop that timed out be the last one of its object. */
export default defineCodemod({
  name: 'add-unrestartable-flag',
  description: 'Let a service whose stop timed out refuse to start again',
  mends: ['require-unrestartable-flag'],
  isDefault: true,
  plan: eachService(addUnrestartableFlag),
});
