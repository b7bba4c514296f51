import { dirname } from 'node:path';
import { type Codemod, type CodemodOptions, type CodemodResult, UnparsableError } from '../codemods/codemod.ts';
import type { FoundFile } from './discover-files.ts';
import type { Engine } from './engine.ts';
import type { MissingPackages, NewFile, PlannedFile } from './plan.ts';
import { describeError, type Problem } from './problem.ts';
import type { Project, ProjectReader } from './read-project.ts';
import { toSlashes } from './to-slashes.ts';
import { type Vendored, vendoredFile, vendoredPath } from './vendored-file.ts';

/** What is the same for every file of a run. */
export interface FileContext {
  readonly cwd: string;
  readonly codemods: readonly Codemod[];
  readonly options: Pick<CodemodOptions, 'drainTimeout' | 'lock' | 'settings' | 'style'>;
  readonly engine: Pick<Engine, 'loadLockSource' | 'loadRun'>;
  readonly projects: ProjectReader;
}

export type FileOutcome =
  | { readonly kind: 'planned'; readonly file: PlannedFile; readonly newFile: NewFile | undefined; readonly missing: MissingPackages }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Runs the codemods on the text of one file, and sees to what the result needs. */
export async function planFile(
  found: FoundFile,
  { text, hasBom }: { readonly text: string; readonly hasBom: boolean },
  { cwd, codemods, options, engine, projects }: FileContext,
): Promise<FileOutcome> {
  const run = await engine.loadRun();
  const fail = (message: string, at: { line?: number; column?: number } = {}): FileOutcome => ({
    kind: 'problem',
    problem: { file: found.name, ...at, message },
  });

  let project: Project;
  try {
    project = projects.read(dirname(found.path));
  } catch (error) {
    return fail(`its package.json has to be mended first: ${describeError(error)}`);
  }

  const lockPath = vendoredPath(found.path, project.root);
  let result: CodemodResult;
  try {
    const { packages, nodeMajor, nodeTypesMajor } = project;
    const lockFile = toSlashes(lockPath);
    result = run(codemods, { fileName: toSlashes(found.path), text }, { ...options, packages, lockFile, ...(nodeMajor !== undefined && { nodeMajor }), ...(nodeTypesMajor !== undefined && { nodeTypesMajor }) });
  } catch (error) {
    if (error instanceof UnparsableError) return fail(`cannot be parsed: ${error.message}`, { line: error.line, column: error.column });
    return fail(`lifecycle-codemod has a fault, please report it with this file: ${describeError(error)}`);
  }

  const vendored = await vendoredFor(result, lockPath, cwd, engine);
  if (vendored?.kind === 'taken') return fail(`not changed, because ${vendored.why}`);
  const newFile = vendored?.kind === 'new' ? vendored.file : undefined;
  const bom = hasBom ? '\uFEFF' : '';
  return {
    kind: 'planned',
    file: { ...found, before: bom + text, after: bom + result.text, services: result.services, newFile: newFile?.path },
    newFile,
    missing: { root: project.root ?? cwd, names: missingPackages(result, project) },
  };
}

async function vendoredFor({ needs, text }: CodemodResult, path: string, cwd: string, engine: FileContext['engine']): Promise<Vendored | undefined> {
  const specifier = needs.find(({ kind }) => kind === 'file')?.specifier;
  if (specifier === undefined) return undefined;
  const lockSource = await engine.loadLockSource();
  const isRequired = text.includes(`require('${specifier}')`) || text.includes(`require("${specifier}")`);
  return vendoredFile(path, cwd, lockSource(path, isRequired ? 'commonjs' : 'esm'));
}

function missingPackages({ needs }: CodemodResult, { packages }: Project): readonly string[] {
  return needs
    .filter(({ kind }) => kind === 'package')
    .map(({ specifier }) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'))
    .filter((name) => !packages.includes(name));
}
