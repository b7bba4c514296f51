import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A well-behaved file among the fixtures. */
export interface SpecimenFile {
  readonly path: string;
  /** As in the tables: `services/task-engine`. */
  readonly name: string;
  readonly text: string;
  /** The service that the explorer can drive, where it is one. */
  readonly service: string | undefined;
}

/** Every `after.ts` of the fixtures: the services of the rule book, and what each codemod makes of its cases. */
export function specimenFiles(root: string): readonly SpecimenFile[] {
  const fixtures = join(root, 'fixtures');
  const folders = [...foldersIn(fixtures, 'services'), ...foldersIn(fixtures, 'codemods').flatMap((codemod) => foldersIn(fixtures, codemod))];
  return folders.flatMap((folder) =>
    readdirSync(join(fixtures, folder))
      .filter((file) => /^after\.tsx?$/.test(file))
      .map((file): SpecimenFile => {
        const path = join(fixtures, folder, file);
        const service = folder.startsWith('services/') ? folder.slice('services/'.length) : undefined;
        return { path, name: folder, text: readFileSync(path, 'utf8'), service };
      }),
  );
}

function foldersIn(fixtures: string, folder: string): readonly string[] {
  const entries = readdirSync(join(fixtures, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${folder}/${name}`);
}
