import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The rules that exist: files of `rules/` whose default export is a `defineRule(…)`. */
export function ruleNamesOnDisk(root: string): readonly string[] {
  return namesOfFilesThatExport('defineRule', join(root, 'rules'));
}

/** The codemods that exist: files of `codemods/` whose default export is a `defineCodemod(…)`. */
export function codemodNamesOnDisk(root: string): readonly string[] {
  return namesOfFilesThatExport('defineCodemod', join(root, 'codemods'));
}

/** Those that read the whole project: files of `codemods/` whose default export is a `defineProjectCodemod(…)`. */
export function projectCodemodNamesOnDisk(root: string): readonly string[] {
  return namesOfFilesThatExport('defineProjectCodemod', join(root, 'codemods'));
}

function namesOfFilesThatExport(define: string, folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .filter((entry) => new RegExp(`^export default ${define}[(<]`, 'm').test(readFileSync(join(folder, entry.name), 'utf8')))
    .map((entry) => basename(entry.name, '.ts'))
    .sort();
}
