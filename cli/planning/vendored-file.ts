import { readFileSync } from 'node:fs';
import { dirname, extname, join, sep } from 'node:path';
import type { CodemodResult } from '../../codemods/codemod.ts';
import { vendoredNameOf } from '../../edits/vendored-name.ts';
import type { VendoredName } from '../../edits/vendored-source.ts';
import { nameOf } from '../files/discover-files.ts';
import type { Engine } from '../engine.ts';
import type { NewFile } from './plan.ts';
import { describeError } from '../problem.ts';

export type Vendored =
  | { readonly kind: 'new'; readonly file: NewFile }
  | { readonly kind: 'there' }
  | { readonly kind: 'taken'; readonly why: string };

/** What it is, for those who find another one in its place, and how to do without. */
const ABOUT: Readonly<Record<VendoredName, { readonly what: string; readonly instead: string }>> = {
  'lifecycle-lock': { what: 'lock', instead: ', or use --lock=auto' },
  'lifecycle-stack': { what: 'stack', instead: '' },
};

/** Where a vendored file goes: once into the project's `src`, or beside a source that lies elsewhere. */
export function vendoredPath(source: string, root: string | undefined, name: VendoredName): string {
  const sources = root === undefined ? undefined : join(root, 'src');
  const folder = sources !== undefined && source.startsWith(sources + sep) ? sources : dirname(source);
  return join(folder, `${name}${extname(source).replace('x', '')}`);
}

/** What to do about each file that the result of a codemod imports from us. `source` is the path of the file it is for, which matters where the need does not tell more. */
export async function vendoredFiles(
  { needs, text }: Pick<CodemodResult, 'needs' | 'text'>,
  { source, root, cwd, engine }: { readonly source: string; readonly root: string | undefined; readonly cwd: string; readonly engine: Pick<Engine, 'loadVendoredSource'> },
): Promise<readonly Vendored[]> {
  const wanted = needs.filter(({ kind }) => kind === 'file');
  if (wanted.length === 0) return [];
  const sourceOf = await engine.loadVendoredSource();
  return wanted.map(({ specifier, file }) => {
    const name = vendoredNameOf(specifier);
    const isRequired = text.includes(`require('${specifier}')`) || text.includes(`require("${specifier}")`);
    const path = file ?? vendoredPath(source, root, name);
    return vendoredFile(path, cwd, name, sourceOf(name, path, isRequired ? 'commonjs' : 'esm'));
  });
}

/** Make it, use the one that is there, or leave alone a file that is something else. */
function vendoredFile(path: string, cwd: string, vendored: VendoredName, text: string): Vendored {
  const name = nameOf(path, cwd);
  const { what, instead } = ABOUT[vendored];
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
    return { kind: 'taken', why: `${name} is an older ${what}, without all that is needed now: delete it and run again` };
  return { kind: 'taken', why: `${name} is there and is not the ${what}: rename it${instead}` };
}
