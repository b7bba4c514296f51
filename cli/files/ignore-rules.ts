import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { findRepository } from '../version-control/find-repository.ts';
import { toSlashes } from './to-slashes.ts';

/** What the `.gitignore` files from `base` down to some folder ignore. */
export interface IgnoreRules {
  readonly base: string;
  readonly rules: Ignore;
}

/** git compares names as the file system does: Linux tells `Dist` from `dist`. */
const IGNORE_CASE = process.platform === 'win32' || process.platform === 'darwin';

/** Rules that ignore nothing yet. */
export function noRules(base: string): IgnoreRules {
  return { base, rules: ignore({ ignorecase: IGNORE_CASE }) };
}

/** The rules with those that `folder` itself adds; the later ones go first, as in git. */
export function withRulesOf(folder: string, above: IgnoreRules): IgnoreRules {
  let text;
  try {
    text = readFileSync(join(folder, '.gitignore'), 'utf8');
  } catch {
    return above; // none, or none that git could read either
  }
  const prefix = toSlashes(relative(above.base, folder)).replaceAll(/[\s!#*?[\\\]]/g, String.raw`\$&`);
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const { base, rules } = noRules(above.base);
  return { base, rules: rules.add(above.rules).add(lines.map((line) => (prefix === '' ? line : rebase(line, prefix)))) };
}

/** The rules of the folders above `folder`, up to the root of its repository; without a repository, up to `cwd`. */
export function rulesAbove(folder: string, cwd: string): IgnoreRules {
  const root = findRepository(folder) ?? (isInside(folder, cwd) ? cwd : folder);
  const folders: string[] = [];
  for (let above = folder; above !== root; ) {
    above = dirname(above);
    folders.unshift(above);
  }
  const rules = folders.reduce((known, above) => withRulesOf(above, known), noRules(root));
  // A folder that is named although it is ignored is meant: only what lies in it can be ignored still.
  return folder !== root && isIgnored(`${folder}${sep}`, rules) ? noRules(folder) : rules;
}

/** Whether git would ignore the path; a folder's ends in a separator. */
export function isIgnored(path: string, { base, rules }: IgnoreRules): boolean {
  return rules.ignores(toSlashes(path.slice(base.length + (base.endsWith(sep) ? 0 : 1))));
}

/** A line of a `.gitignore` file as it would stand in one further up. Without a slash but at its end, it goes for every folder below. */
function rebase(line: string, prefix: string): string {
  const isNegated = line.startsWith('!');
  const pattern = isNegated ? line.slice(1) : line;
  if (pattern.trim() === '' || line.startsWith('#')) return '';
  const way = pattern.trimEnd().slice(0, -1).includes('/') ? pattern.replace(/^\//, '') : `**/${pattern}`;
  return `${isNegated ? '!' : ''}/${prefix}/${way}`;
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`);
}
