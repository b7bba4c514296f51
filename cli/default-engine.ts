import { codemods } from '../codemods/index.ts';
import { mayHold } from '../model/prefilter.ts';
import type { Engine } from './engine.ts';

/** The engine of the published command. */
export const defaultEngine: Engine = {
  codemods,
  mayHold,
  loadRun: async () => (await import('../codemods/run-codemod.ts')).runCodemods,
  loadParseSettings: async () => (await import('../model/parse-settings.ts')).parseSettings,
  loadLockSource: async () => (await import('../edits/lifecycle-lock-source.ts')).lifecycleLockSource,
};
