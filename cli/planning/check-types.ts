import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ServiceResult } from '../../codemods/codemod.ts';
import type { Project, TypeProblem } from '../../model/project.ts';
import { nameOf } from '../files/discover-files.ts';
import type { Engine } from '../engine.ts';
import type { Plan, PlannedFile } from './plan.ts';
import type { Problem } from '../problem.ts';
import { toSlashes } from '../files/to-slashes.ts';
import { openOrThrow } from './open-or-throw.ts';
import { newTypeProblems } from '../../codemods/new-type-problems.ts';

/** How many type errors of one project are told. */
const MOST_TOLD = 5;

interface Group {
  /** The folder of its tsconfig.json; undefined for files that belong to none. */
  readonly folder: string | undefined;
  readonly files: readonly PlannedFile[];
}

/**
 * The plan without the changes to every project that would have more type errors than it has: `--typecheck`. Nothing is written for it.
 * That a package is missing which the run asks to install is no type error.
 */
export async function checkTypes(plan: Plan, cwd: string, loadOpenProject: Engine['loadOpenProject']): Promise<Plan> {
  const changed = plan.files.filter(({ before, after }) => before !== after);
  if (changed.length === 0) return plan;
  const openProject = await loadOpenProject();
  const missing = plan.missing.flatMap(({ names }) => names);
  const refused = new Set<string>();
  const problems: Problem[] = [];
  for (const { folder, files } of plan.isJoint ? [{ folder: undefined, files: changed }] : groupsOf(changed)) {
    const texts = textsOf(files, plan);
    const configs = new Map([...texts].filter(([path]) => path.endsWith('.json')));
    const paths = files.map(({ path }) => toSlashes(path)).filter((path) => !configs.has(path));
    const open = (given?: ReadonlyMap<string, string>): Project => openOrThrow(() => openProject(paths, given));
    const asIs = open();
    const grown = newProblems(asIs, (configs.size === 0 ? asIs : open(configs)).withTexts(texts), missing);
    if (grown.length === 0) continue;
    for (const { path } of files) refused.add(path);
    problems.push(...describe(grown, files, folder, cwd));
  }
  return refused.size === 0 ? plan : without(plan, refused, problems);
}

function groupsOf(files: readonly PlannedFile[]): readonly Group[] {
  const groups = new Map<string | undefined, PlannedFile[]>();
  for (const file of files) {
    const folder = folderOfConfig(dirname(file.path));
    groups.set(folder, [...(groups.get(folder) ?? []), file]);
  }
  return Array.from(groups, ([folder, members]) => ({ folder, files: members }));
}

function folderOfConfig(folder: string): string | undefined {
  if (existsSync(join(folder, 'tsconfig.json'))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : folderOfConfig(above);
}

/** The texts as they would be, and those of the new files that they import. */
function textsOf(files: readonly PlannedFile[], { newFiles }: Plan): ReadonlyMap<string, string> {
  const wanted = new Set(files.flatMap(({ newFiles: own }) => own));
  const made = newFiles.filter(({ path }) => wanted.has(path)).map(({ path, text }) => [toSlashes(path), text] as const);
  return new Map([...made, ...files.map(({ path, after }) => [toSlashes(path), after.replace(/^\uFEFF/, '')] as const)]);
}

function newProblems(asIs: Project, changed: Project, missing: readonly string[]): readonly TypeProblem[] {
  const isMissing = ({ message }: TypeProblem): boolean => missing.some((name) => message.includes(`'${name}'`) && /cannot find module/i.test(message));
  return newTypeProblems(asIs.typeProblems(), changed.typeProblems().filter((problem) => !isMissing(problem)));
}

function describe(grown: readonly TypeProblem[], files: readonly PlannedFile[], folder: string | undefined, cwd: string): readonly Problem[] {
  const told = grown.slice(0, MOST_TOLD).map(({ file, line, message }): Problem => ({ file: nameOf(file, cwd), line, message: `would be a type error: ${message}` }));
  const count = `${String(grown.length)} type error${grown.length === 1 ? '' : 's'}`;
  const names = files.map(({ name }) => name).join(', ');
  return [{ file: folder === undefined ? names : nameOf(folder, cwd), message: `not changed (${names}): it would have ${count} more` }, ...told];
}

/** What was to be mended is left. */
function leave(service: ServiceResult): ServiceResult {
  const { added, left, line } = service;
  return { ...service, added: [], left: [...left, ...added.map(({ codemod }) => ({ codemod, line, column: 1, why: 'its project would have more type errors' }))] };
}

function without(plan: Plan, refused: ReadonlySet<string>, problems: readonly Problem[]): Plan {
  const files = plan.files.map((file) =>
    refused.has(file.path) ? { ...file, after: file.before, newFiles: [], services: file.services.map(leave) } : file,
  );
  const wanted = new Set(files.flatMap(({ newFiles }) => newFiles));
  return { ...plan, files, newFiles: plan.newFiles.filter(({ path }) => wanted.has(path)), problems: [...plan.problems, ...problems] };
}
