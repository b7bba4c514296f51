import { planProviders } from '../edits/providers/plan-providers.ts';
import { planCallSites } from '../edits/using/plan-call-sites.ts';
import { mayHold, mayHoldStart } from '../model/prefilter.ts';
import { defineProjectCodemod } from './define-project-codemod.ts';
import { resolveSettings } from './resolve-settings.ts';
import { settleCallers } from './settle-callers.ts';

/** Makes whoever starts something sure to stop it. */
export default defineProjectCodemod({
  name: 'use-await-using',
  description: 'Make whoever starts something sure to stop it: by `await using`, a stack, or a `try` right after the start',
  mends: ['prefer-await-using', 'no-started-provider'],
  mayConcern: (text) => mayHoldStart(text) || mayHold('providers', text),
  planProject(project, files, options) {
    const settings = resolveSettings(options.settings);
    const providers = planProviders(project, files, settings).map((plan) => settleCallers(plan, project, options));
    return [...planCallSites(project, files, { ...options, settings }), ...providers];
  },
});
