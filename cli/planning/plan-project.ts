import { dirname, normalize } from 'node:path';
import type { ServiceResult } from '../../codemods/codemod.ts';
import type { ProjectCodemod, ProjectOptions } from '../../codemods/project-codemod.ts';
import type { ProjectResult } from '../../codemods/run-project-codemods.ts';
import type { Project } from '../../model/project.ts';
import { CliError } from '../cli-error.ts';
import { type FoundFile, nameOf } from '../files/discover-files.ts';
import type { Engine } from '../engine.ts';
import type { NewFile, Plan, PlannedFile } from './plan.ts';
import { describeError, type Problem } from '../problem.ts';
import type { ProjectReader } from '../settings/read-project.ts';
import { readSource, tryReadSource } from '../files/read-source.ts';
import type { SettingsReader } from '../settings/read-settings.ts';
import { toSlashes } from '../files/to-slashes.ts';
import { vendoredFiles, vendoredPath } from './vendored-file.ts';
import { openOrThrow } from './open-or-throw.ts';

export interface ProjectRequest {
  readonly files: readonly FoundFile[];
  readonly cwd: string;
  readonly codemods: readonly ProjectCodemod[];
  readonly options: ProjectOptions;
  readonly engine: Pick<Engine, 'loadOpenProject' | 'loadProjectRun' | 'loadVendoredSource'>;
  readonly projects: ProjectReader;
  readonly settings: SettingsReader;
  /** Whether `lib` may be widened in a tsconfig.json. */
  readonly tsconfig: boolean;
  /** As for `planFiles`. */
  readonly onProgress: (done: number) => Promise<void> | undefined;
}

/** Runs codemods that read the whole project. It is loaded only if one of the files may concern them. */
export async function planProject(request: ProjectRequest): Promise<Plan> {
  const { files } = request;
  const { wanted, skipped, problems } = await readFiles(request);
  const planned = wanted.length === 0 ? { files: [], newFiles: [], problems: [] } : await planWanted(wanted, request);
  return { filesRead: files.length, isJoint: true, missing: [], skipped, ...planned, problems: [...problems, ...planned.problems] };
}

async function readFiles({ files, codemods, options, settings, onProgress }: ProjectRequest): Promise<{ wanted: readonly FoundFile[]; skipped: readonly Problem[]; problems: readonly Problem[] }> {
  const wanted: FoundFile[] = [];
  const skipped: Problem[] = [];
  const problems: Problem[] = [];
  for (const [done, file] of files.entries()) {
    const pause = onProgress(done);
    if (pause !== undefined) await pause;
    const own = { ...options, settings: await settings.read(dirname(file.path)) };
    const source = tryReadSource(file.path, (text) => codemods.some((codemod) => codemod.mayConcern(text, own)));
    if (source.kind === 'text') wanted.push(file);
    else if (source.kind !== 'unwanted') (source.kind === 'failed' ? problems : skipped).push({ file: file.name, message: source.why });
  }
  return { wanted, skipped, problems };
}

async function planWanted(wanted: readonly FoundFile[], request: ProjectRequest): Promise<Pick<Plan, 'files' | 'newFiles' | 'problems'>> {
  const { codemods, engine, options, projects, settings } = request;
  const openProject = await engine.loadOpenProject();
  const run = await engine.loadProjectRun();
  const paths = wanted.map(({ path }) => toSlashes(path));
  const asIs = openOrThrow(() => openProject(paths));
  const libs = request.tsconfig ? (await import('../project/widen-libs.ts')).widenLibs(asIs, paths) : new Map<string, string | undefined>();
  const given = new Map(Array.from(libs).flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
  let project = given.size === 0 ? asIs : openOrThrow(() => openProject(paths, given));
  const texts = new Map<string, string>();
  const services = new Map<string, readonly ServiceResult[]>();
  const newFiles = new Map<string, readonly NewFile[]>();
  const problems: Problem[] = [];
  for (const [folder, files] of byPackage(wanted, projects)) {
    const [first] = files;
    const own = { ...packageOptions(folder, first?.path ?? '', projects), settings: await settings.read(dirname(first?.path ?? folder)) };
    const result = run(codemods, project, files.map(({ path }) => toSlashes(path)), { ...options, ...own });
    const vendored = await vendoredIn(result, request);
    if (vendored.problem !== undefined) {
      problems.push(vendored.problem);
      continue;
    }
    project = result.project;
    for (const [file, made] of vendored.newFiles) newFiles.set(file, made);
    for (const [file, text] of result.texts) texts.set(file, text);
    for (const [file, list] of result.services) services.set(file, [...(services.get(file) ?? []), ...list]);
  }
  const used = usedLibs(asIs, texts);
  for (const [path, text] of given) {
    if (!used.has(path)) continue;
    texts.set(path, text);
    services.set(path, [{ service: 'compilerOptions', kind: 'module', line: 1, added: [{ codemod: 'use-await-using', what: 'ESNext.Disposable in lib' }], left: [] }]);
  }
  const made = new Map([...newFiles.values()].flat().map((file) => [file.path, file]));
  return { files: plannedFiles({ texts, services, newFiles }, request.cwd), newFiles: [...made.values()], problems };
}

/** The tsconfig.json of the files that were given what only `ESNext.Disposable` knows. */
function usedLibs(project: Project, texts: ReadonlyMap<string, string>): ReadonlySet<string | undefined> {
  const needing = Array.from(texts).filter(([, text]) => /\bawait using\b|\bAsyncDisposableStack\b/.test(text));
  return new Set(needing.map(([file]) => project.targetOf(file)).flatMap(({ config, knowsAsyncDispose }) => (knowsAsyncDispose ? [] : [config])));
}

function byPackage(files: readonly FoundFile[], projects: ProjectReader): ReadonlyMap<string, readonly FoundFile[]> {
  const groups = new Map<string, FoundFile[]>();
  for (const file of files) {
    const folder = rootOf(dirname(file.path), projects) ?? '';
    groups.set(folder, [...(groups.get(folder) ?? []), file]);
  }
  return groups;
}

function rootOf(folder: string, projects: ProjectReader): string | undefined {
  return readOrThrow(folder, projects).root;
}

function readOrThrow(folder: string, projects: ProjectReader): ReturnType<ProjectReader['read']> {
  try {
    return projects.read(folder);
  } catch (error) {
    throw new CliError(describeError(error));
  }
}

function packageOptions(root: string, source: string, projects: ProjectReader): Partial<ProjectOptions> {
  const { packages, nodeMajor, nodeTypesMajor } = projects.read(root === '' ? dirname(source) : root);
  const nodeMajorFor = (file: string): number | undefined => readOrThrow(dirname(file), projects).nodeMajor;
  return { packages, nodeMajorFor, stackFileFor: (file) => stackFileFor(file, projects), ...(nodeMajor !== undefined && { nodeMajor }), ...(nodeTypesMajor !== undefined && { nodeTypesMajor }) };
}

/** The files of ours that the changed ones import, by these. Where one of them cannot be made, nothing is done. */
async function vendoredIn({ needs, texts }: ProjectResult, { cwd, engine, projects }: ProjectRequest): Promise<{ newFiles: ReadonlyMap<string, readonly NewFile[]>; problem?: Problem }> {
  const newFiles = new Map<string, readonly NewFile[]>();
  for (const [file, text] of texts) {
    const own = needs.filter((need) => text.includes(need.specifier) && need.file === stackFileFor(file, projects));
    const vendored = await vendoredFiles({ needs: own, text }, { source: file, root: rootOf(dirname(file), projects), cwd, engine });
    const taken = vendored.find(({ kind }) => kind === 'taken');
    if (taken?.kind === 'taken') return { newFiles: new Map(), problem: { file: nameOf(file, cwd), message: `not changed, because ${taken.why}` } };
    newFiles.set(file, vendored.flatMap((one) => (one.kind === 'new' ? [one.file] : [])));
  }
  return { newFiles };
}

function stackFileFor(source: string, projects: ProjectReader): string {
  return toSlashes(vendoredPath(normalize(source), rootOf(dirname(source), projects), 'lifecycle-stack'));
}

interface Outcome {
  readonly texts: ReadonlyMap<string, string>;
  readonly services: ReadonlyMap<string, readonly ServiceResult[]>;
  /** By the file that imports them. */
  readonly newFiles: ReadonlyMap<string, readonly NewFile[]>;
}

/** The files that are changed or told about, by name. */
function plannedFiles({ texts, services, newFiles }: Outcome, cwd: string): readonly PlannedFile[] {
  const paths = [...new Set([...texts.keys(), ...services.keys()])];
  const planned = paths.map((path): PlannedFile => {
    const source = readSource(path, () => true);
    const [text, bom] = source.kind === 'text' ? [source.text, source.hasBom ? '\uFEFF' : ''] : ['', ''];
    const told = (services.get(path) ?? []).map((service) => ({ ...service, left: service.left.map((left) => (left.file === undefined ? left : { ...left, file: nameOf(left.file, cwd) })) }));
    return { path, name: nameOf(path, cwd), before: bom + text, after: bom + (texts.get(path) ?? text), services: told, newFiles: (newFiles.get(path) ?? []).map((file) => file.path) };
  });
  return planned.sort((a, b) => (a.name < b.name ? -1 : 1));
}
