import type { Project } from '../project.ts';
import type { Source } from '../source.ts';
import type { Family, Gap } from './family.ts';
import { readReference } from './read-reference.ts';
import { starExportsIn, wholeModulesIn } from './whole-modules.ts';

/** Where a module that exports a class of the family is handed on as a whole: what somebody does with the class then is out of sight. */
export function handedOnWhole(project: Project, { members }: Family): readonly Gap[] {
  const sources = project.files.flatMap((file) => {
    const source = project.sourceOf(file);
    return source === undefined ? [] : [{ file, source }];
  });
  const carriers = new Set(members.flatMap(({ file, facts }) => [file, ...exportersOf(project, file, facts.node.id?.range[0])]));
  for (let known = -1; known < carriers.size; ) {
    known = carriers.size;
    for (const { file, source } of sources) if (starExportsIn(source).some((specifier) => leadsTo(specifier, file, carriers))) carriers.add(file);
  }
  return sources.flatMap(({ file, source }) => gapsIn(file, source, carriers));
}

function gapsIn(file: string, source: Source, carriers: ReadonlySet<string>): readonly Gap[] {
  return wholeModulesIn(source).flatMap(({ specifier, node }): readonly Gap[] =>
    leadsTo(specifier, file, carriers) ? [{ file, node, why: `everything that ${specifier} exports is handed on here, and may be constructed out of sight` }] : [],
  );
}

function exportersOf(project: Project, file: string, offset: number | undefined): readonly string[] {
  if (offset === undefined) return [];
  return project.referencesTo({ file, offset }).flatMap((place) => {
    const source = project.sourceOf(place.file);
    const reference = source && readReference(source, place.offset);
    return reference?.kind === 'module' && /^(?:Export|TSExport)/.test(reference.node.type) ? [place.file] : [];
  });
}

/** Whether a specifier may stand for one of the files. Of one that is not relative only the last part of the name is compared. */
function leadsTo(specifier: string, from: string, files: ReadonlySet<string>): boolean {
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
