import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CodemodOptions } from '../../codemods/codemod.ts';

const root = fileURLToPath(new URL('../../fixtures/', import.meta.url));

export interface ChangedCase {
  readonly name: string;
  readonly folder: string;
  readonly fileName: string;
  readonly before: string;
  readonly after: string;
  readonly options: CodemodOptions;
}

/** The cases in which a codemod has something to do, from `fixtures/codemods/<codemod>/<case>/`. */
export function changedCases(codemod: string): readonly ChangedCase[] {
  return foldersOf(codemod).map((name) => {
    const folder = join(root, 'codemods', codemod, name);
    const fileName = readdirSync(folder).find((file) => file.startsWith('before.')) ?? 'before.ts';
    const options = join(folder, 'options.json');
    return {
      name,
      folder,
      fileName,
      before: readFileSync(join(folder, fileName), 'utf8'),
      after: readFileSync(join(folder, fileName.replace('before', 'after')), 'utf8'),
      options: existsSync(options) ? (JSON.parse(readFileSync(options, 'utf8')) as CodemodOptions) : {},
    };
  });
}

function foldersOf(codemod: string): readonly string[] {
  const entries = readdirSync(join(root, 'codemods', codemod), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && entry.name !== 'unchanged').map(({ name }) => name);
}

export interface PlainFile {
  readonly name: string;
  readonly text: string;
}

/** The files that a codemod leaves as they are. */
export function unchangedCases(codemod: string): readonly PlainFile[] {
  const folder = join(root, 'codemods', codemod, 'unchanged');
  return readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

/** The services that the rule book was written about, with and without their fault. */
export function serviceFixtures(): readonly PlainFile[] {
  const folder = join(root, 'services');
  const services = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return services.flatMap(({ name }) =>
    ['before.ts', 'after.ts'].map((file) => ({ name: `${name}/${file}`, text: readFileSync(join(folder, name, file), 'utf8') })),
  );
}
