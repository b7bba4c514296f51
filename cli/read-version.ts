import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJsonObject } from './read-project.ts';

/** The version of this package, whose package.json is the nearest one above this file, in the sources as in the bundle. */
export function readVersion(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return String(readJsonObject(join(folder, 'package.json'))['version']);
}
