import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ModuleKind, preProcessFile, transpile, type ScriptTarget } from 'typescript';
import { writeModule } from './write-module.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Within node_modules, so that packages are found from there. */
const FOLDER = join(ROOT, 'node_modules/.cache/lifecycle-modules');

/**
 * Compiles a TypeScript module, and those of this repository that it imports, to a folder of their own; returns where the module is there.
 * `texts` stand in the place of files, by their absolute paths.
 */
export function compileModules(entry: string, folder: string, target: ScriptTarget, texts: ReadonlyMap<string, string> = new Map()): string {
  const compiled = new Map<string, string>();
  const compile = (file: string): string => {
    const known = compiled.get(file);
    if (known !== undefined) return known;
    const output = join(FOLDER, folder, relative(ROOT, file)).replace(/\.ts$/, '.js');
    compiled.set(file, output);
    const text = texts.get(file) ?? readFileSync(file, 'utf8');
    writeModule(output, transpile(text, { module: ModuleKind.ESNext, target, rewriteRelativeImportExtensions: true, verbatimModuleSyntax: true }));
    for (const { fileName } of preProcessFile(text).importedFiles) if (fileName.startsWith('.')) compile(resolve(dirname(file), fileName));
    return output;
  };
  const output = compile(join(ROOT, entry));
  writeModule(join(FOLDER, folder, 'package.json'), '{ "type": "module" }\n');
  return output;
}
