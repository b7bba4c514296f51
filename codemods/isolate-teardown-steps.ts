import { isolateTeardownSteps } from '../edits/isolate-teardown-steps.ts';
import { defineCodemod } from './define-codemod.ts';
import { eachService } from './each-service.ts';

/** Lets every step of stop run although another fails. */
export default defineCodemod({
  name: 'isolate-teardown-steps',
  description: 'Run every teardown step although another fails, and throw what failed at the end',
  mends: ['no-skipped-teardown'],
  isDefault: false,
  plan: eachService(isolateTeardownSteps),
});
