import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { CliError } from '../cli-error.ts';
import { findRepository } from '../version-control/find-repository.ts';
import { gitEnvironment } from '../version-control/git-environment.ts';

/** Absolute paths, in the normal form of Unicode: git on macOS has another one than the disk. */
export interface ChangedFiles {
  readonly paths: ReadonlySet<string>;
  /** Those of which a part is staged and another part is not. */
  readonly mixed: ReadonlySet<string>;
}

const NAMES = ['--name-only', '-z', '--no-renames', '--no-ext-diff', '--ignore-submodules', '--diff-filter=d'];
const NONE: ReadonlySet<string> = new Set();

/**
 * The files of the repository round `cwd` that differ from what they were where the branch left `ref`, committed or not, and those not yet
 * added. Throws a CliError where git cannot tell.
 */
export function filesSince(ref: string, cwd: string): ChangedFiles {
  const git = gitAt(cwd, '--since');
  const commit = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (commit === undefined) throw new CliError(`--since: git knows no commit '${ref}'; in CI it may have to be fetched first, as in git fetch origin main`);
  const base = git(['merge-base', commit.trim(), 'HEAD']);
  if (base === undefined) {
    throw new CliError(`--since: '${ref}' and HEAD have no common commit here; a shallow clone has to be deepened, as with fetch-depth: 0 in GitHub Actions`);
  }
  const changed = git(['diff', ...NAMES, base.trim(), '--']) ?? '';
  const untracked = git(['ls-files', '--others', '--exclude-standard', '-z']) ?? '';
  return { paths: git.pathsIn(changed + untracked), mixed: NONE };
}

/** The files in the index of the repository round `cwd` that differ from the last commit. Throws a CliError where git cannot tell. */
export function filesStaged(cwd: string): ChangedFiles {
  const git = gitAt(cwd, '--staged');
  const paths = git.pathsIn(git(['diff', '--cached', ...NAMES]) ?? '');
  const unstaged = git.pathsIn(git(['diff', ...NAMES]) ?? '');
  return { paths, mixed: new Set([...paths].filter((path) => unstaged.has(path))) };
}

type Git = ((args: readonly string[]) => string | undefined) & { readonly pathsIn: (names: string) => ReadonlySet<string> };

/** git in the root of the repository. Undefined is the answer where it says no. */
function gitAt(cwd: string, option: string): Git {
  const root = findRepository(realpathSync.native(cwd));
  if (root === undefined) throw new CliError(`${option} asks git, and ${cwd} is in no repository`);
  const ask = (args: readonly string[]): string | undefined => {
    const { status, stdout, error } = spawnSync('git', args, { cwd: root, env: { ...gitEnvironment(root), ...ownIndex(root) }, encoding: 'utf8', maxBuffer: Infinity });
    if (error !== undefined) throw new CliError(`${option} asks git, which cannot be run: ${error.message}`);
    return status === 0 ? stdout : undefined;
  };
  const pathsIn = (names: string): ReadonlySet<string> => new Set(names.split('\0').filter((name) => name !== '').map((name) => resolve(root, name).normalize()));
  return Object.assign(ask, { pathsIn });
}

/** `git commit -a` and `git commit <file>` run their hooks with an index of their own, which holds what will be committed. */
function ownIndex(root: string): { readonly GIT_INDEX_FILE?: string } {
  const index = process.env['GIT_INDEX_FILE'];
  if (index === undefined) return {};
  const path = resolve(root, index);
  return path.startsWith(`${root}${sep}`) ? { GIT_INDEX_FILE: path } : {};
}
