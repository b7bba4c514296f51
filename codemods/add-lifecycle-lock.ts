import { addLifecycleLock } from '../edits/add-lifecycle-lock.ts';
import { DEFAULT_SETTINGS } from '../model/settings.ts';
import { defineCodemod } from './define-codemod.ts';
import { findingsOf, isAbout } from './findings-of.ts';

const MENDS = ['require-lifecycle-lock', 'no-partial-lifecycle-lock', 'no-lock-across-run-loop'];

/** Makes start and stop of every service exclude each other. */
export default defineCodemod({
  name: 'add-lifecycle-lock',
  description: 'Hold one lifecycle lock over the whole of start and stop',
  mends: MENDS,
  plan: (service, source, options) => {
    const settings = { ...DEFAULT_SETTINGS, ...options.settings };
    const isReported = findingsOf(source, settings, MENDS).some((finding) => isAbout(finding, service.node, service.name));
    return isReported ? addLifecycleLock(service, source, options) : undefined;
  },
});
