/**
 * Usage: npm run oxlint-parity [-- <package>…]. Lints the published packages of tools/real-code/packages.json with ESLint and with oxlint, by
 * the same presets, and prints a table in Markdown and what they do not agree on. Exits with 1 if there is any.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackage } from './build-package.ts';
import { markdownTable } from './markdown-table.ts';
import { compare } from './oxlint/compare.ts';
import { fetchPackages, type Package } from './real-code/packages.ts';

const asked = process.argv.slice(2);
const plugin = join(await buildPackage('oxlint-parity'), 'dist/plugin.js');
const packages = fetchPackages(asked.length === 0 ? undefined : asked);
const rows = packages.flatMap((unpacked) => rowsOf(unpacked));

console.log(markdownTable([['package', 'preset', 'files', 'not parsed', 'the same reports', 'only ESLint', 'only oxlint'], ...rows]));

/** The cache is ignored by git, and so by oxlint: it looks at a copy. */
function rowsOf({ name, folder }: Package): readonly (readonly (number | string)[])[] {
  const copy = mkdtempSync(join(tmpdir(), 'lifecycle-oxlint-'));
  try {
    cpSync(folder, copy, { recursive: true });
    return compare(copy, plugin).map(({ preset, files, same, onlyEslint, onlyOxlint, unparsable }) => {
      for (const text of onlyEslint) complain(`only ESLint, ${preset}: ${name}/${text}`);
      for (const text of onlyOxlint) complain(`only oxlint, ${preset}: ${name}/${text}`);
      for (const text of unparsable) console.error(`not compared, ${preset}: ${name}/${text}`);
      return [name, preset, files, unparsable.length, same, onlyEslint.length, onlyOxlint.length];
    });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function complain(text: string): void {
  process.exitCode = 1;
  console.error(text);
}
