import { spawnSync } from 'node:child_process';
import { dirname, relative } from 'node:path';
import { CliError, EXIT } from '../cli-error.ts';
import type { FoundFile } from '../files/discover-files.ts';
import { findRepository } from './find-repository.ts';
import { gitEnvironment } from './git-environment.ts';
import { toSlashes } from '../files/to-slashes.ts';

/** The files that version control could not bring back. */
export interface Unprotected {
  /** With changes that are not committed; a file not yet added is one. */
  readonly dirty: readonly string[];
  /** In no repository, or ignored by it. */
  readonly outside: readonly string[];
}

/** How many paths are given to git at once; for more it is asked about the whole repository. */
const MOST_PATHS = 500;

/** Looks at the files to be written, in whichever repositories they lie. Unless git is asked, every file in a repository counts as clean. */
export function findUnprotected(files: readonly FoundFile[], asksGit: boolean): Unprotected {
  const byRoot = new Map<string | undefined, FoundFile[]>();
  for (const file of files) {
    const root = findRepository(dirname(file.path));
    byRoot.set(root, [...(byRoot.get(root) ?? []), file]);
  }
  const dirty: string[] = [];
  const outside: string[] = [];
  for (const [root, members] of byRoot) {
    const status = root === undefined ? undefined : asksGit ? readStatus(root, members) : new Map<string, string>();
    for (const { path, name } of members) {
      const state = root === undefined || status === undefined ? '!!' : stateOf(toSlashes(relative(root, path)), status);
      if (state === '!!') outside.push(name);
      else if (state !== undefined) dirty.push(name);
    }
  }
  return { dirty, outside };
}

/** git's two letters for each path that is not clean; undefined where there is no git to ask. */
function readStatus(root: string, files: readonly FoundFile[]): ReadonlyMap<string, string> | undefined {
  const paths = files.length > MOST_PATHS ? [] : files.map(({ path }) => toSlashes(relative(root, path)));
  const options = ['--porcelain', '-z', '--no-renames', '--untracked-files=all', '--ignored=matching'];
  const { status, stdout, stderr, error } = spawnSync('git', ['--literal-pathspecs', 'status', ...options, '--', ...paths], {
    cwd: root,
    env: gitEnvironment(root),
    encoding: 'utf8',
    maxBuffer: Infinity,
  });
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') return undefined;
  if (status !== 0) {
    const why = error?.message ?? stderr.split('\n', 1).join('');
    throw new CliError(`git cannot say whether ${root} has uncommitted changes (${why}); --allow-dirty goes on without asking it`, EXIT.refused);
  }
  const entries = stdout.split('\0').filter((entry) => entry !== '');
  return new Map(entries.map((entry) => [entry.slice(3).normalize(), entry.slice(0, 2)]));
}

/** Of the file, or of the ignored folder that it lies in. */
function stateOf(path: string, status: ReadonlyMap<string, string>): string | undefined {
  const normal = path.normalize();
  const own = status.get(normal);
  if (own !== undefined) return own;
  for (let slash = normal.lastIndexOf('/'); slash > 0; slash = normal.lastIndexOf('/', slash - 1)) {
    const folder = status.get(normal.slice(0, slash + 1));
    if (folder !== undefined) return folder;
  }
  return undefined;
}
