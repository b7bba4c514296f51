import { addAsyncDispose } from '../edits/add-async-dispose.ts';
import { defineCodemod } from './define-codemod.ts';
import { eachService } from './each-service.ts';

/** Lets `await using` stop every service. */
export default defineCodemod({
  name: 'add-async-dispose',
  description: 'Give a service [Symbol.asyncDispose], which stops it',
  mends: ['require-async-dispose'],
  isDefault: true,
  plan: eachService(addAsyncDispose),
});
