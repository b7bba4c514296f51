import { readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { type IgnoreRules, isIgnored, noRules, withRulesOf } from './ignore-rules.ts';
import { isSourceName } from './source-name.ts';

/** Folders that never hold the user's own sources. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git', 'dist', 'node_modules']);

export interface Visitor {
  readonly visit: (file: string) => void;
  /** Called with a folder that cannot be read. */
  readonly fail: (folder: string, error: unknown) => void;
}

/**
 * Visits every source file below a folder that git does not ignore.
 * Links are not followed: what they lead to is found where it is, or belongs to somebody else.
 */
export function walk(folder: string, above: IgnoreRules, visitor: Visitor): void {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    visitor.fail(folder, error);
    return;
  }
  let rules = entries.some(({ name }) => name === '.git') ? noRules(folder) : above; // a repository in a repository has its own rules
  if (entries.some(({ name }) => name === '.gitignore')) rules = withRulesOf(folder, rules);
  const prefix = folder.endsWith(sep) ? folder : folder + sep;
  for (const entry of entries) {
    const path = prefix + entry.name;
    if (entry.isDirectory()) {
      if (!SKIPPED_FOLDERS.has(entry.name) && !isIgnored(path + sep, rules)) walk(path, rules, visitor);
    } else if (entry.isFile() && isSourceName(entry.name) && !isIgnored(path, rules)) {
      visitor.visit(path);
    }
  }
}
