import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJsonObject } from './settings/read-project.ts';

/** The version of this package. */
export function readVersion(): string {
  return String(readJsonObject(join(packageRoot(), 'package.json'))['version']);
}

/** The folder of this package: that of the nearest package.json above this file, in the sources as in the bundle. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
