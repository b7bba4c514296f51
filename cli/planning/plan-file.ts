import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { type Codemod, type CodemodOptions, type CodemodResult, UnparsableError } from '../../codemods/codemod.ts';
import type { ResolvedSettings } from '../../model/settings.ts';
import type { FoundFile } from '../files/discover-files.ts';
import type { Engine } from '../engine.ts';
import type { MissingPackages, NewFile, PlannedFile } from './plan.ts';
import { describeError, type Problem } from '../problem.ts';
import type { FormatReader, ModuleFormat } from '../settings/read-format.ts';
import type { Project, ProjectReader } from '../settings/read-project.ts';
import type { SettingsReader } from '../settings/read-settings.ts';
import { staleAcknowledgements } from './stale-acknowledgements.ts';
import { toSlashes } from '../files/to-slashes.ts';
import { vendoredFiles, vendoredPath } from './vendored-file.ts';

/** What is the same for every file of a run. */
export interface FileContext {
  readonly cwd: string;
  readonly codemods: readonly Codemod[];
  readonly options: Pick<CodemodOptions, 'accept' | 'drainTimeout' | 'lock' | 'style'>;
  readonly engine: Pick<Engine, 'codemods' | 'loadRun' | 'loadVendoredSource' | 'mayHold' | 'projectCodemods'>;
  readonly projects: ProjectReader;
  readonly formats: FormatReader;
  readonly settings: SettingsReader;
  /** What is kept of a file's text until all are planned: itself, unless nobody shows or writes it. */
  readonly texts?: 'as digests';
}

export type FileOutcome =
  | { readonly kind: 'planned'; readonly file: PlannedFile; readonly newFiles: readonly NewFile[]; readonly missing: MissingPackages; readonly stale: readonly Problem[] }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Runs the codemods on the text of one file, and sees to what the result needs. */
export async function planFile(
  found: FoundFile,
  { text, hasBom, settings }: { readonly text: string; readonly hasBom: boolean; readonly settings: ResolvedSettings },
  { cwd, codemods, options, engine, projects, formats, texts }: FileContext,
): Promise<FileOutcome> {
  const run = await engine.loadRun();
  const fail = (message: string, at: { line?: number; column?: number } = {}): FileOutcome => ({
    kind: 'problem',
    problem: { file: found.name, ...at, message },
  });

  let project: Project;
  let format: ModuleFormat | undefined;
  try {
    project = projects.read(dirname(found.path));
    format = formats.read(found.path);
  } catch (error) {
    return fail(`its package.json has to be mended first: ${describeError(error)}`);
  }

  let result: CodemodResult;
  try {
    const { packages, nodeMajor, nodeTypesMajor } = project;
    const lockFile = toSlashes(vendoredPath(found.path, project.root, 'lifecycle-lock'));
    result = run(codemods, { fileName: toSlashes(found.path), text }, { ...options, settings, ...(format !== undefined && { format }), packages, lockFile, ...(nodeMajor !== undefined && { nodeMajor }), ...(nodeTypesMajor !== undefined && { nodeTypesMajor }) });
  } catch (error) {
    if (error instanceof UnparsableError) return fail(`cannot be parsed: ${error.message}`, { line: error.line, column: error.column });
    return fail(`lifecycle-codemod has a fault, please report it with this file: ${describeError(error)}`);
  }

  const vendored = await vendoredFiles(result, { source: found.path, root: project.root, cwd, engine });
  const taken = vendored.find(({ kind }) => kind === 'taken');
  if (taken?.kind === 'taken') return fail(`not changed, because ${taken.why}`);
  const newFiles = vendored.flatMap((one) => (one.kind === 'new' ? [one.file] : []));
  const keep = (kept: string): string => (texts === undefined ? (hasBom ? `\uFEFF${kept}` : kept) : createHash('sha256').update(kept).digest('base64'));
  return {
    kind: 'planned',
    file: { ...found, before: keep(text), after: keep(result.text), services: result.services, newFiles: newFiles.map(({ path }) => path) },
    newFiles,
    missing: { root: project.root ?? cwd, names: missingPackages(result, project) },
    stale: staleAcknowledgements(found.name, result.acknowledgements ?? [], [...engine.codemods, ...engine.projectCodemods].map(({ name }) => name)),
  };
}

function missingPackages({ needs }: CodemodResult, { packages }: Project): readonly string[] {
  return needs
    .filter(({ kind }) => kind === 'package')
    .map(({ specifier }) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'))
    .filter((name) => !packages.includes(name));
}
