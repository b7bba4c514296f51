import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ModuleKind, ScriptTarget, transpile } from 'typescript';
import type { ServiceClass } from '../services/driver.ts';

/** Within node_modules, so that what the text imports is found from there. */
const FOLDER = join(import.meta.dirname, '../../node_modules/.cache/lifecycle-explorer');

/** The class that a TypeScript text exports by that name. Throws where there is none, or the text does not load. */
export async function compileService(text: string, className: string): Promise<ServiceClass> {
  const module = (await import(/* @vite-ignore */ pathToFileURL(fileOf(text)).href)) as Readonly<Record<string, unknown>>;
  const exported = module[className];
  if (typeof exported !== 'function') throw new TypeError(`the text exports no class ${className}`);
  return exported as ServiceClass;
}

/** One file for each text: several processes may write the same one at the same time. */
function fileOf(text: string): string {
  const code = transpile(text, { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 });
  const file = join(FOLDER, `${createHash('sha256').update(code).digest('hex').slice(0, 24)}.mjs`);
  if (existsSync(file)) return file;
  mkdirSync(FOLDER, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, code);
  renameSync(draft, file);
  return file;
}
