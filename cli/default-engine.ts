import { join } from 'node:path';
import { codemods, projectCodemods } from '../codemods/index.ts';
import { mayHold } from '../model/prefilter.ts';
import type { Engine } from './engine.ts';
import { packageRoot } from './read-version.ts';

/** The engine of the published command. */
export const defaultEngine: Engine = {
  codemods,
  projectCodemods,
  mayHold,
  loadRun: async () => (await import('../codemods/run-codemod.ts')).runCodemods,
  loadRules: async () => {
    const { ruleReportsOf, rulePageOf } = await import('../codemods/rule-reports.ts');
    return { reportsOf: ruleReportsOf, pageOf: rulePageOf };
  },
  loadProjectRun: async () => (await import('../codemods/run-project-codemods.ts')).runProjectCodemods,
  loadOpenProject: async () => (await import('./project/open-project.ts')).openProject,
  loadParseSettings: async () => (await import('../model/parse-settings.ts')).parseSettings,
  loadVendoredSource: async () => (await import('../edits/vendored-source.ts')).vendoredSource,
  // In a bundle this module may lie anywhere.
  workerFile: () => join(packageRoot(), import.meta.url.endsWith('.ts') ? 'cli/planning/plan-worker.ts' : 'dist/cli/plan-worker.js'),
};
