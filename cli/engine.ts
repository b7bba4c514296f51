import type { Codemod, CodemodOptions, CodemodResult } from '../codemods/codemod.ts';
import type { LooksAt } from '../model/prefilter.ts';
import type { ResolvedSettings } from '../model/settings.ts';

export type RunCodemods = (
  codemods: readonly Codemod[],
  file: { readonly fileName: string; readonly text: string },
  options?: CodemodOptions,
) => CodemodResult;

/**
 * The floors below, as the command uses them. What is heavy is a function, so that it is loaded when a file needs it:
 * most runs of `--check` find no candidate and never load the parser.
 */
export interface Engine {
  readonly codemods: readonly Codemod[];
  readonly mayHold: (what: LooksAt, text: string, pairs: ResolvedSettings['pairs']) => boolean;
  readonly loadRun: () => Promise<RunCodemods>;
  readonly loadParseSettings: () => Promise<(value: unknown) => ResolvedSettings>;
  /** The text of the file that `--lock=inline` writes, for the name it will have and the way it will be imported. */
  readonly loadLockSource: () => Promise<(fileName: string, module: 'commonjs' | 'esm') => string>;
}
