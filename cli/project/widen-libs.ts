import { readFileSync } from 'node:fs';
import type { Project } from '../../model/project.ts';
import { addLib } from './add-lib.ts';

const LIB = 'ESNext.Disposable';

/** Those tsconfig.json that would have to know `await using`, by path, with the text that does; undefined where `lib` stands in none. */
export function widenLibs(project: Project, files: readonly string[]): ReadonlyMap<string, string | undefined> {
  const widened = new Map<string, string | undefined>();
  for (const file of files) {
    const { config, knowsAsyncDispose } = project.targetOf(file);
    if (config === undefined || knowsAsyncDispose || widened.has(config)) continue;
    widened.set(config, addLib(readFileSync(config, 'utf8'), LIB));
  }
  return widened;
}
