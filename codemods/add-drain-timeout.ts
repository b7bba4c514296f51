import { addDrainTimeout } from '../edits/add-drain-timeout.ts';
import { defineCodemod } from './define-codemod.ts';
import { eachService } from './each-service.ts';

/** Lets stop wait for the end of its work no longer than a limit, and start refuse when that has passed. */
export default defineCodemod({
  name: 'add-drain-timeout',
  description: 'Limit how long stop waits for the work that start began',
  mends: ['require-drain-timeout'],
  isDefault: true,
  plan: eachService(addDrainTimeout),
});
