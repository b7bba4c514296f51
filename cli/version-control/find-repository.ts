import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The root of the innermost repository, work tree or submodule that a folder lies in. */
export function findRepository(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : findRepository(above);
}
