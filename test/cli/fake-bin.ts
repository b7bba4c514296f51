import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from './project.ts';

/** An executable that writes down, in `calls.txt` of the project, its name, its folder and its arguments; then it does what `script` says. */
export function addBin(project: Project, path: string, script = ''): void {
  const name = path.split('/').at(-1) ?? '';
  project.write({ [path]: `#!/bin/sh\n(printf '%s in %s:' '${name}' "$PWD"; printf ' [%s]' "$@"; echo) >> '${join(project.root, 'calls.txt')}'\n${script}\n` });
  chmodSync(project.at(path), 0o755);
}

/** The calls of all fake executables, in order. */
export function callsIn({ root, read }: Project): readonly string[] {
  try {
    return read('calls.txt').trim().split('\n').map((line) => line.replaceAll(`${root}/`, '').replace(`in ${root}:`, 'in .:'));
  } catch {
    return [];
  }
}
