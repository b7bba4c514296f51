import { sep } from 'node:path';

/** The path as globs, git and imports write it on every system. */
export function toSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
