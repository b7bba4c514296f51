import { spawnSync } from 'node:child_process';

export interface Run {
  readonly status: number;
  /** What it wrote to both streams. */
  readonly output: string;
}

/** Runs a command to its end, without input. */
export function run(cwd: string, command: string, ...args: readonly string[]): Run {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (error !== undefined) throw error;
  return { status: status ?? 1, output: stdout + stderr };
}
