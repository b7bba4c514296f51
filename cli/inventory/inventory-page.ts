import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../read-version.ts';
import type { PageData } from './page-data.ts';

/** In the order in which they are run. */
const SCRIPTS = ['dom', 'marks', 'select', 'race', 'machine', 'detail', 'table', 'main'];

/** The page with its style, its data and its script in it: one file, that asks the network for nothing and may not. */
export function inventoryPage(data: PageData): string {
  const style = readPart('page.css');
  const script = SCRIPTS.map((name) => readPart(`${name}.js`)).join('\n');
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  const parts: Readonly<Record<string, string>> = { policy, style, script, data: safeJson(data) };
  return readPart('page.html').replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => parts[name] ?? whole);
}

/** JSON in which nothing can end its element: `<` only ever stands in strings. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** In the sources the page is beside this file, in the package below `dist`. */
function readPart(name: string): string {
  const inSources = join(packageRoot(), 'cli/inventory/page', name);
  return readFileSync(existsSync(inSources) ? inSources : join(packageRoot(), 'dist/page', name), 'utf8').replaceAll('\r\n', '\n');
}
