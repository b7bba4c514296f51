import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpile } from 'typescript';
import { writeModule } from './write-module.ts';

/** Within node_modules, so that what the text imports is found from there. */
const FOLDER = join(import.meta.dirname, '../../node_modules/.cache/lifecycle-explorer');

/** The JavaScript module of a TypeScript text, as a file. One file for each text. */
export function compileFile(text: string): string {
  const code = transpile(text, { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 });
  const file = join(FOLDER, `${createHash('sha256').update(code).digest('hex').slice(0, 24)}.mjs`);
  writeModule(file, code);
  return file;
}
