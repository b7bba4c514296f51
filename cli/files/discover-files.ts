import { realpathSync, statSync, type Stats } from 'node:fs';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { CliError } from '../cli-error.ts';
import { rulesAbove } from './ignore-rules.ts';
import { describeError, type Problem } from '../problem.ts';
import { isDeclarationName, isSourceName } from './source-name.ts';
import { toSlashes } from './to-slashes.ts';
import { walk } from './walk.ts';

/** A file to look at: where it really is, and what the user calls it. */
export interface FoundFile {
  readonly path: string;
  /** Relative to the working directory, with slashes. */
  readonly name: string;
}

export interface Found {
  /** Each file once, by name. */
  readonly files: readonly FoundFile[];
  /** Files that were named and are not looked at. */
  readonly skipped: readonly Problem[];
  readonly problems: readonly Problem[];
}

interface Search {
  readonly cwd: string;
  readonly paths: Set<string>;
  readonly skipped: Problem[];
  readonly problems: Problem[];
}

/**
 * The source files behind files, folders and globs; a glob that begins with `!` takes its files away again.
 * Throws a CliError for one behind which there is nothing.
 */
export async function discoverFiles(given: readonly string[], from: string): Promise<Found> {
  const search: Search = { cwd: realpathSync.native(from), paths: new Set(), skipped: [], problems: [] };
  const takenAway: ((path: string) => boolean)[] = [];
  for (const path of given) {
    const stats = look(resolve(search.cwd, path), path);
    if (stats !== undefined) addPath(path, stats, search);
    else if (path.startsWith('!')) takenAway.push(await matcherOf(path.slice(1), search.cwd));
    else await addGlob(path, search);
  }
  const files = Array.from(search.paths, (path) => ({ path, name: nameOf(path, search.cwd) }))
    .filter(({ path }) => !takenAway.some((matches) => matches(path)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { files, skipped: search.skipped, problems: search.problems };
}

/** What to call a file in messages. */
export function nameOf(path: string, cwd: string): string {
  if (path.startsWith(cwd + sep)) return toSlashes(path.slice(cwd.length + 1)); // ten times as fast, for most of the files
  return toSlashes(relative(cwd, path)) || '.';
}

function look(path: string, given: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new CliError(`${given} cannot be read: ${describeError(error)}`);
  }
}

/** A file is taken as it is named, ignored or not; a folder is walked. */
function addPath(given: string, stats: Stats, search: Search): void {
  const path = realpathSync.native(resolve(search.cwd, given));
  if (stats.isDirectory()) {
    if (addBelow(path, () => true, search) > 0) return;
    throw new CliError(`${given} holds no source files (node_modules, dist, .d.ts and what .gitignore lists do not count)`);
  }
  const name = basename(path);
  if (stats.isFile() && isSourceName(name)) search.paths.add(path);
  else search.skipped.push({ file: nameOf(path, search.cwd), message: skipReason(name, stats) });
}

function skipReason(name: string, stats: Stats): string {
  if (!stats.isFile()) return 'not looked at: it is no regular file';
  return isDeclarationName(name) ? 'not looked at: a declaration file holds no code' : 'not looked at: it is neither TypeScript nor JavaScript';
}

async function addGlob(glob: string, search: Search): Promise<void> {
  const { default: picomatch } = await import('picomatch');
  const { base, isGlob } = picomatch.scan(toSlashes(glob));
  if (!isGlob) throw new CliError(`${glob}: no such file or folder`);
  const root = resolve(search.cwd, base);
  const isFolder = look(root, base)?.isDirectory() === true;
  const count = isFolder ? addBelow(realpathSync.native(root), await matcherOf(glob, search.cwd), search) : 0;
  if (count === 0) throw new CliError(`${glob} matches no source file (node_modules, dist, .d.ts and what .gitignore lists do not count)`);
}

/** Tells whether a glob matches a path or a folder above it, as if the shell had expanded it. */
async function matcherOf(glob: string, cwd: string): Promise<(path: string) => boolean> {
  const { default: picomatch } = await import('picomatch');
  const pattern = toSlashes(glob);
  const matches = picomatch([pattern, `${pattern}/**`], { dot: true });
  return (path) => matches(isAbsolute(glob) ? toSlashes(path) : nameOf(path, cwd));
}

function addBelow(folder: string, isWanted: (path: string) => boolean, search: Search): number {
  let count = 0;
  walk(folder, rulesAbove(folder, search.cwd), {
    visit(path) {
      if (!isWanted(path)) return;
      count++;
      search.paths.add(path);
    },
    fail(path, error) {
      search.problems.push({ file: nameOf(path, search.cwd), message: `cannot be read: ${describeError(error)}` });
      count++; // what lies in it is unknown, so `no source files` would be a guess
    },
  });
  return count;
}
