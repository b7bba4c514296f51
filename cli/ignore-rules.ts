import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { findRepository } from './find-repository.ts';
import { toSlashes } from './to-slashes.ts';

/** The `.gitignore` files that apply in a folder, innermost first. A folder below is tested with those above and its own. */
export type IgnoreRules = readonly { readonly folder: string; readonly rules: Ignore }[];

/** git compares names as the file system does: Linux tells `Dist` from `dist`. */
const IGNORE_CASE = process.platform === 'win32' || process.platform === 'darwin';

/** The rules with those that `folder` itself adds. */
export function withRulesOf(folder: string, above: IgnoreRules): IgnoreRules {
  let text;
  try {
    text = readFileSync(join(folder, '.gitignore'), 'utf8');
  } catch {
    return above; // none, or none that git could read either
  }
  return [{ folder, rules: ignore({ ignorecase: IGNORE_CASE }).add(text.replace(/^\uFEFF/, '')) }, ...above];
}

/** The rules of the folders above `folder`, up to the root of its repository; without a repository, up to `cwd`. */
export function rulesAbove(folder: string, cwd: string): IgnoreRules {
  const root = findRepository(folder) ?? (isInside(folder, cwd) ? cwd : folder);
  const folders: string[] = [];
  for (let above = folder; above !== root; ) {
    above = dirname(above);
    folders.unshift(above);
  }
  const rules = folders.reduce<IgnoreRules>((known, above) => withRulesOf(above, known), []);
  // A folder that is named although it is ignored is meant: only what lies in it can be ignored still.
  return folder !== root && isIgnored(`${folder}${sep}`, rules) ? [] : rules;
}

/** Whether git would ignore the path; a folder's ends in a separator. The innermost file that says anything decides. */
export function isIgnored(path: string, rules: IgnoreRules): boolean {
  for (const { folder, rules: own } of rules) {
    const { ignored, unignored } = own.test(toSlashes(path.slice(folder.length + (folder.endsWith(sep) ? 0 : 1))));
    if (ignored || unignored) return ignored;
  }
  return false;
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`);
}
