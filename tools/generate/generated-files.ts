import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { codemodNamesOnDisk, projectCodemodNamesOnDisk, ruleNamesOnDisk } from '../names-on-disk.ts';
import { type Documented, withHeader, withTable } from './codemod-docs.ts';
import { codemodsIndex, rulesIndex } from './index-file.ts';
import { withCodemodExports } from './package-exports.ts';
import { settingsJsonSchema } from './settings-schema.ts';

/** The files that are generated here, whole or in part: path and text as it should be. eslint-doc-generator does the rest. */
export async function generatedFiles(root: string): Promise<ReadonlyMap<string, string>> {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const codemodNames = codemodNamesOnDisk(root);
  const projectNames = projectCodemodNamesOnDisk(root);
  const codemods = await Promise.all([...codemodNames, ...projectNames].map((name) => importCodemod(join(root, 'codemods', `${name}.ts`))));

  return new Map([
    ['rules/index.ts', rulesIndex(ruleNamesOnDisk(root))],
    ['codemods/index.ts', codemodsIndex(codemodNames, projectNames)],
    ['package.json', withCodemodExports(read('package.json'), codemodNames)],
    ['schemas/lifecycle-config.schema.json', settingsJsonSchema()],
    ['README.md', withTable(read('README.md'), codemods)],
    ...codemods.map((codemod) => {
      const path = `docs/codemods/${codemod.name}.md`;
      return [path, withHeader(read(path), codemod)] as const;
    }),
  ]);
}

async function importCodemod(path: string): Promise<Documented> {
  const module = (await import(pathToFileURL(path).href)) as { readonly default: Documented };
  return module.default;
}
