import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** Where commits are fetched from unless told otherwise. */
export const GITHUB = 'https://github.com';

/** What was judged at which commit. */
export interface AtCommit {
  readonly repo: string;
  readonly commit: string;
}

/** Gets the commit of every judged repository, and nothing of its history, as bare repositories below `folder`. What is there stays. */
export function fetchCommits(judged: readonly AtCommit[], folder: string, from: string): void {
  const commits = new Map(judged.filter(({ commit }) => !commit.startsWith('npm:')).map(({ repo, commit }) => [`${repo} ${commit}`, { repo, commit }]));
  for (const { repo, commit } of commits.values()) fetchCommit(`${from}/${repo}`, commit, join(folder, repo.replace('/', '+')));
}

function fetchCommit(url: string, commit: string, gitDir: string): void {
  if (!existsSync(join(gitDir, 'HEAD'))) git('init', '--quiet', '--bare', gitDir);
  if (has(gitDir, commit)) return;
  process.stderr.write(`fetching ${url} at ${commit}\n`);
  try {
    git('--git-dir', gitDir, 'fetch', '--quiet', '--depth', '1', url, commit);
  } catch (error) {
    throw new Error(`${url} at ${commit} cannot be fetched; pass --mirror with a folder that has it as <owner>+<name>. Git says: ${saidBy(error)}`, { cause: error });
  }
}

function saidBy(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  return said.trim().split('\n')[0] ?? '';
}

function has(gitDir: string, commit: string): boolean {
  try {
    execFileSync('git', ['--git-dir', gitDir, 'cat-file', '-e', `${commit}^{commit}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function git(...args: readonly string[]): void {
  execFileSync('git', args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } });
}
