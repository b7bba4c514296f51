/** `npm run new rule <name>` and `npm run new codemod <name>`: writes the files of a new one, and regenerates. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { newCodemod } from './new-codemod.ts';
import { newRule } from './new-rule.ts';

const TEMPLATES: Readonly<Record<string, (name: string) => ReadonlyMap<string, string>>> = { rule: newRule, codemod: newCodemod };

const root = resolve(import.meta.dirname, '..');
const [kind = '', name = ''] = process.argv.slice(2);
const template = TEMPLATES[kind];

if (template === undefined || !/^[a-z]+(?:-[a-z]+)+$/.test(name)) {
  console.error('usage: npm run new rule <no-something|require-something|prefer-something>\n       npm run new codemod <verb-something>');
  process.exitCode = 2;
} else {
  for (const [path, text] of template(name)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { flag: 'wx' });
    console.log(path);
  }
  await import('./generate.ts');
}
