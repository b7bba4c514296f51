import { escalateKills } from '../edits/escalate-kill.ts';
import { servicesOf } from '../model/services-of.ts';
import { defineCodemod } from './define-codemod.ts';
import { resolveSettings } from './resolve-settings.ts';

/** Lets whoever ends a child process wait for its exit, and end it for good when that does not come. */
export default defineCodemod({
  name: 'escalate-kill',
  description: 'Wait for the exit of a child process that was sent a signal, and send SIGKILL if it does not come in time',
  mends: ['require-kill-escalation', 'no-dead-kill-escalation'],
  isDefault: false,
  looksAt: 'kills',
  plan: (source, options) => escalateKills(source, servicesOf(source, resolveSettings(options.settings)), options),
});
