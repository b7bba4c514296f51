import type { Project } from '../project.ts';
import type { Source } from '../source.ts';
import type { Family } from './family.ts';
import { readReference } from './read-reference.ts';
import { starExportsIn } from './whole-modules.ts';

export interface SourceFile {
  readonly file: string;
  readonly source: Source;
}

/** The files of a project that can be parsed. */
export function sourcesOf(project: Project): readonly SourceFile[] {
  return project.files.flatMap((file) => {
    const source = project.sourceOf(file);
    return source === undefined ? [] : [{ file, source }];
  });
}

/** The files that export a class of the family, their own or by way of others. */
export function carriersOf(project: Project, { members }: Family): ReadonlySet<string> {
  const carriers = new Set(members.flatMap(({ file, facts }) => [file, ...exportersOf(project, file, facts.node.id?.range[0])]));
  const sources = sourcesOf(project);
  for (let known = -1; known < carriers.size; ) {
    known = carriers.size;
    for (const { file, source } of sources) if (starExportsIn(source).some((specifier) => leadsTo(specifier, file, carriers))) carriers.add(file);
  }
  return carriers;
}

function exportersOf(project: Project, file: string, offset: number | undefined): readonly string[] {
  if (offset === undefined) return [];
  return project.referencesTo({ file, offset }).flatMap((place) => {
    const source = project.sourceOf(place.file);
    const reference = source && readReference(source, place.offset);
    return reference?.kind === 'module' && /^(?:Export|TSExport)/.test(reference.node.type) ? [place.file] : [];
  });
}

/** What a host gives to the modules that it loads; no file of a project can have such a name. */
const HOSTED: ReadonlySet<string> = new Set(['bun', 'electron', 'vscode']);

/** Whether a specifier may stand for one of the files. Of one that is not relative only the last part of the name is compared. */
export function leadsTo(specifier: string, from: string, files: ReadonlySet<string>): boolean {
  if (specifier.startsWith('node:') || HOSTED.has(specifier)) return false;
  const path = bare(specifier);
  if (!specifier.startsWith('.')) return [...files].some((file) => bare(file).split('/').includes(path.split('/').at(-1) ?? ''));
  const target = bare(new URL(specifier, `file://${encodeURI(from)}`).pathname.replace(/\/$/, ''));
  return [...files].some((file) => {
    const own = bare(encodeURI(file));
    return target === own || `${target}/index` === own;
  });
}

function bare(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, '');
}
