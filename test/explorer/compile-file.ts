import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpile } from 'typescript';

/** Within node_modules, so that what the text imports is found from there. */
const FOLDER = join(import.meta.dirname, '../../node_modules/.cache/lifecycle-explorer');

/** The JavaScript module of a TypeScript text, as a file. One file for each text: several processes may write the same one at the same time. */
export function compileFile(text: string): string {
  const code = transpile(text, { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 });
  const file = join(FOLDER, `${createHash('sha256').update(code).digest('hex').slice(0, 24)}.mjs`);
  if (existsSync(file)) return file;
  mkdirSync(FOLDER, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, code);
  renameSync(draft, file);
  return file;
}
