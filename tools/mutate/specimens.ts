import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A file among the fixtures that may be well behaved. */
export interface SpecimenFile {
  readonly path: string;
  /** As in the tables: `services/task-engine`. */
  readonly name: string;
  readonly text: string;
  /** The service that the explorer can drive, where it is one. */
  readonly service: string | undefined;
  /** Whether somebody has made it well behaved; the files of `unchanged` folders only may be so. */
  readonly isMended: boolean;
}

/** Every `after.ts` of the fixtures, which is what a careful engineer or a codemod has left, every file that the codemods leave alone, and those of `specimens`, which are there for this alone. */
export function specimenFiles(root: string): readonly SpecimenFile[] {
  const fixtures = join(root, 'fixtures');
  const folders = [...foldersIn(fixtures, 'services'), ...foldersIn(fixtures, 'codemods').flatMap((codemod) => foldersIn(fixtures, codemod)), ...foldersIn(fixtures, 'specimens')];
  return folders.flatMap((folder) => {
    const isMended = !folder.endsWith('/unchanged');
    const isWhole = isMended && !folder.startsWith('specimens/');
    return readdirSync(join(fixtures, folder))
      .filter((file) => (isWhole ? /^after\.tsx?$/ : /\.tsx?$/).test(file))
      .map((file): SpecimenFile => {
        const path = join(fixtures, folder, file);
        const service = folder.startsWith('services/') ? folder.slice('services/'.length) : undefined;
        return { path, name: isWhole ? folder : `${folder}/${file}`, text: readFileSync(path, 'utf8'), service, isMended };
      });
  });
}

function foldersIn(fixtures: string, folder: string): readonly string[] {
  const entries = readdirSync(join(fixtures, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${folder}/${name}`);
}
