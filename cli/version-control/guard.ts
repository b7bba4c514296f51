import { CliError, EXIT } from '../cli-error.ts';
import type { FoundFile } from '../files/discover-files.ts';
import { quoteName } from '../files/quote-name.ts';
import { findUnprotected } from './version-control.ts';

/** How many files a refusal lists. */
const MOST_LISTED = 10;

/** Throws a CliError unless every file to be written can be had back from version control, or the user said not to mind. */
export function guardFiles(files: readonly FoundFile[], allow: { readonly dirty: boolean; readonly noVcs: boolean }): void {
  if (files.length === 0 || (allow.dirty && allow.noVcs)) return;
  const { dirty, outside } = findUnprotected(files, !allow.dirty);
  const parts: string[] = [];
  if (dirty.length > 0) {
    parts.push(`These files have changes that are not committed. Commit or stash them, or use --allow-dirty:\n${list(dirty)}`);
  }
  if (!allow.noVcs && outside.length > 0) {
    parts.push(`These files are not under version control, so a change could not be undone. Use --allow-no-vcs to change them:\n${list(outside)}`);
  }
  if (parts.length > 0) throw new CliError(`nothing was written.\n${parts.join('\n')}`, EXIT.refused);
}

function list(names: readonly string[]): string {
  const more = names.length > MOST_LISTED ? `\n  and ${names.length - MOST_LISTED} more` : '';
  return names.slice(0, MOST_LISTED).map((name) => `  ${quoteName(name)}`).join('\n') + more;
}
