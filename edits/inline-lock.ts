import { dirname, relative } from 'node:path/posix';
import type { Source } from '../model/source.ts';
import type { LockLibrary } from './lock-library.ts';
import { freeName } from './text/free-name.ts';
import { takenNames } from './text/taken-names.ts';
import type { VendoredName } from './vendored-source.ts';

/**
 * The vendored lock, as the file would import it. `lockFile` is where it stands, told as the source's own `fileName` is told;
 * beside the source where nothing is said.
 */
export function inlineLock(source: Source, lockFile: string | undefined, asGuard: boolean): LockLibrary {
  const held = freeName(['_held', '_lifecycleHeld'], (name) => takenNames(source.program).has(name));
  return {
    specifier: vendoredSpecifier(source, lockFile),
    name: 'LifecycleLock',
    locals: ['LifecycleLock', 'InlineLifecycleLock'],
    use: (lock) =>
      asGuard
        ? { form: 'guard', guard: `using ${held} = await ${lock}.acquire()` }
        : { form: 'callback', open: `${lock}.runExclusive(`, close: ')' },
  };
}

/** How the file imports a vendored file that stands, or will stand, at `file`; beside the source where nothing is said. */
export function vendoredSpecifier(source: Source, file: string | undefined, name: VendoredName = 'lifecycle-lock'): string {
  const path = file === undefined ? name : relative(dirname(source.fileName), file).replace(/\.[cm]?[jt]sx?$/, '');
  return (path.startsWith('.') ? path : `./${path}`) + extensionOf(source);
}

/** What the file's own relative imports end in. */
function extensionOf({ text, fileName }: Source): string {
  const known = /\b(?:from|import|require\()\s*['"]\.{1,2}\/[^'"]*?(\.[cm]?[jt]s)?['"]/.exec(text);
  if (known !== null) return known[1]?.replace('x', '') ?? '';
  const moduleKind = /\.([cm])[jt]s$/.exec(fileName)?.[1] ?? '';
  return `.${moduleKind}js`;
}
