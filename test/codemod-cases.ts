import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FIXTURES = join(import.meta.dirname, '../fixtures/codemods');
const UNCHANGED = 'unchanged';

export interface ChangedCase {
  readonly name: string;
  readonly fileName: string;
  readonly before: string;
  readonly after: string;
}

export interface UnchangedCase {
  readonly name: string;
  readonly fileName: string;
  readonly text: string;
}

/** The pairs `fixtures/codemods/<codemod>/<case>/{before,after}.*`. */
export function changedCases(codemod: string): readonly ChangedCase[] {
  const folder = join(FIXTURES, codemod);
  return readdirSync(folder)
    .filter((name) => name !== UNCHANGED)
    .map((name) => {
      const fileName = readdirSync(join(folder, name)).find((file) => file.startsWith('before.')) ?? 'before.ts';
      const read = (file: string): string => readFileSync(join(folder, name, file), 'utf8');
      return { name, fileName, before: read(fileName), after: read(fileName.replace('before', 'after')) };
    });
}

/** The files `fixtures/codemods/<codemod>/unchanged/*`. */
export function unchangedCases(codemod: string): readonly UnchangedCase[] {
  const folder = join(FIXTURES, codemod, UNCHANGED);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((fileName) => ({ name: fileName, fileName, text: readFileSync(join(folder, fileName), 'utf8') }));
}
