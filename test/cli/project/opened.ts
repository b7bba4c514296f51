import { openProject } from '../../../cli/project/open-project.ts';
import type { Place, Project } from '../../../model/project.ts';
import { toSlashes } from '../../../cli/files/to-slashes.ts';
import { makeProject, type Project as Folder } from '../project.ts';

export const FIXTURE = toSlashes(new URL('../../../fixtures/projects/several-packages', import.meta.url).pathname);

/** A tsconfig.json that needs nothing from outside. */
export const CONFIG = JSON.stringify({ compilerOptions: { target: 'es2022', lib: ['es2022', 'esnext.disposable'], types: [], strict: true, module: 'esnext', moduleResolution: 'bundler' } });

export interface Opened {
  readonly project: Project;
  readonly folder: Folder;
  /** Where `mark` begins in a file, or its part that is written in brackets: `class [Bus]`. */
  readonly at: (name: string, mark: string) => Place;
  /** `name:line:column` of each, 1-based. */
  readonly show: (places: readonly Place[]) => readonly string[];
}

/** Opens a project of these files, as if those that are named had been asked for. */
export function opened(files: Readonly<Record<string, string>>, ...asked: readonly string[]): Opened {
  const folder = makeProject(files);
  return view(openProject(asked.map((name) => folder.at(name))), folder);
}

export function view(project: Project, folder: Folder): Opened {
  const textOf = (name: string) => folder.read(name).replace(/^\uFEFF/, '');
  return {
    project,
    folder,
    at(name, mark) {
      const inner = mark.indexOf('[');
      const offset = textOf(name).indexOf(mark.replaceAll(/[[\]]/g, ''));
      if (offset < 0) throw new Error(`${name} has no ${mark}`);
      return { file: toSlashes(folder.at(name)), offset: offset + Math.max(inner, 0) };
    },
    show: (places) =>
      places.map(({ file, offset }) => {
        const name = file.slice(folder.root.length + 1);
        const lines = textOf(name).slice(0, offset).split('\n');
        return `${name}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
      }),
  };
}
