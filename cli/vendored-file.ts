import { readFileSync } from 'node:fs';
import { dirname, extname, join, sep } from 'node:path';
import { nameOf } from './discover-files.ts';
import type { NewFile } from './plan.ts';
import { describeError } from './problem.ts';

export type Vendored =
  | { readonly kind: 'new'; readonly file: NewFile }
  | { readonly kind: 'there' }
  | { readonly kind: 'taken'; readonly why: string };

/** Where the lock of `--lock=inline` goes: once into the project's `src`, or beside a source that lies elsewhere. */
export function vendoredPath(source: string, root: string | undefined): string {
  const sources = root === undefined ? undefined : join(root, 'src');
  const folder = sources !== undefined && source.startsWith(sources + sep) ? sources : dirname(source);
  return join(folder, `lifecycle-lock${extname(source).replace('x', '')}`);
}

/** What to do about the vendored file: make it, use the one that is there, or leave alone a file that is something else. */
export function vendoredFile(path: string, cwd: string, text: string): Vendored {
  const name = nameOf(path, cwd);
  let present: string;
  try {
    present = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'new', file: { path, name, text } };
    return { kind: 'taken', why: `${name} cannot be read: ${describeError(error)}` };
  }
  // The user may have formatted or extended it since, so what it declares tells whether it is the one.
  const declared = text.match(/\bclass \w+/g) ?? [];
  if (declared.every((declaration) => present.includes(declaration))) return { kind: 'there' };
  if (declared.some((declaration) => present.includes(declaration)))
    return { kind: 'taken', why: `${name} is an older lock, without all that is needed now: delete it and run again` };
  return { kind: 'taken', why: `${name} is there and is not the lock: rename it, or use --lock=auto` };
}
