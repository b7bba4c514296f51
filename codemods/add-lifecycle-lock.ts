import { addLifecycleLock } from '../edits/add-lifecycle-lock.ts';
import { defineCodemod } from './define-codemod.ts';
import { eachService } from './each-service.ts';
import { findingsOf, isAbout } from './findings-of.ts';
import { resolveSettings } from './resolve-settings.ts';

const MENDS = ['require-lifecycle-lock', 'no-partial-lifecycle-lock', 'no-lock-across-run-loop'];

/** Makes start and stop of every service exclude each other. */
export default defineCodemod({
  name: 'add-lifecycle-lock',
  description: 'Hold one lifecycle lock over the whole of start and stop',
  mends: MENDS,
  isDefault: true,
  plan: eachService((service, source, options) => {
    const isReported = findingsOf(source, resolveSettings(options.settings), MENDS).some((finding) => isAbout(finding, service));
    return isReported ? addLifecycleLock(service, source, options) : undefined;
  }),
});
