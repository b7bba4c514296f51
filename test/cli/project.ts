import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ExitCode } from '../../cli/cli-error.ts';
import type { Engine } from '../../cli/engine.ts';
import { runCli } from '../../cli/run-cli.ts';
import { fakeEngine } from './fake-engine.ts';

export interface Project {
  readonly root: string;
  readonly at: (name: string) => string;
  readonly read: (name: string) => string;
  readonly write: (files: Readonly<Record<string, Buffer | string>>) => void;
}

/** A folder with these files in it, which goes when the test ends. */
export function makeProject(files: Readonly<Record<string, Buffer | string>>): Project {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'lifecycle-cli-')));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const project: Project = {
    root,
    at: (name) => join(root, name),
    read: (name) => readFileSync(join(root, name), 'utf8'),
    write(more) {
      for (const [name, content] of Object.entries(more)) {
        mkdirSync(dirname(join(root, name)), { recursive: true });
        writeFileSync(join(root, name), content);
      }
    },
  };
  project.write(files);
  return project;
}

/** The same, as a repository in which every file is committed. */
export function makeRepository(files: Readonly<Record<string, Buffer | string>>): Project {
  const project = makeProject(files);
  commitAll(project.root);
  return project;
}

export function commitAll(root: string): void {
  git(root, 'init', '--quiet');
  git(root, 'add', '--all');
  git(root, '-c', 'user.name=test', '-c', 'user.email=test@localhost', 'commit', '--quiet', '--allow-empty', '--message', 'all');
}

export function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-c', 'core.autocrlf=false', ...args], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

export interface CliRun {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in this process, with the fake engine unless told otherwise. */
export async function run(cwd: string, argv: readonly string[], engine: Engine = fakeEngine(), env: Readonly<Record<string, string>> = {}): Promise<CliRun> {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stderr' | 'stdout') => ({ write: (text: string) => void (written[name] += text) });
  const exitCode = await runCli(argv, { cwd, env, stdout: output('stdout'), stderr: output('stderr') }, engine);
  return { exitCode, ...written };
}

export function applyPatch(folder: string, patch: string): void {
  execFileSync('git', ['apply'], { cwd: folder, input: patch, stdio: ['pipe', 'pipe', 'pipe'] });
}
