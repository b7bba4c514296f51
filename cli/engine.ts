import type { Codemod, CodemodOptions, CodemodResult } from '../codemods/codemod.ts';
import type { VendoredName } from '../edits/vendored-source.ts';
import type { LooksAt } from '../model/prefilter.ts';
import type { Project } from '../model/project.ts';
import type { ProjectCodemod, ProjectOptions } from '../codemods/project-codemod.ts';
import type { RulePage, ruleReportsOf } from '../codemods/rule-reports.ts';
import type { ProjectResult } from '../codemods/run-project-codemods.ts';
import type { ResolvedSettings } from '../model/settings.ts';

export type RunCodemods = (
  codemods: readonly Codemod[],
  file: { readonly fileName: string; readonly text: string },
  options?: CodemodOptions,
) => CodemodResult;

/** What reports and questions ask the rules. */
export interface Rules {
  readonly reportsOf: typeof ruleReportsOf;
  readonly pageOf: (rule: string) => RulePage | undefined;
}

export type RunProjectCodemods = (codemods: readonly ProjectCodemod[], project: Project, files: readonly string[], options?: ProjectOptions) => ProjectResult;

/**
 * The floors below, as the command uses them. What is heavy is a function, so that it is loaded when a file needs it:
 * most runs of `--check` find no candidate and never load the parser.
 */
export interface Engine {
  readonly codemods: readonly Codemod[];
  readonly projectCodemods: readonly ProjectCodemod[];
  readonly mayHold: (what: LooksAt, text: string, pairs: ResolvedSettings['pairs']) => boolean;
  readonly loadRun: () => Promise<RunCodemods>;
  readonly loadRules: () => Promise<Rules>;
  readonly loadProjectRun: () => Promise<RunProjectCodemods>;
  /** Only this loads a type checker. */
  readonly loadOpenProject: () => Promise<(files: readonly string[], given?: ReadonlyMap<string, string>) => Project>;
  readonly loadParseSettings: () => Promise<(value: unknown) => ResolvedSettings>;
  /** The text of a file that is written beside the sources, for the name it will have and the way it will be imported. */
  readonly loadVendoredSource: () => Promise<(name: VendoredName, fileName: string, module: 'commonjs' | 'esm') => string>;
  /** The path of the module that a worker thread plans with: its default export is a `batchPlanner` with such an engine. */
  readonly workerFile: () => string;
}
