import { spawnSync } from 'node:child_process';
import process from 'node:process';

/** What one process took, in milliseconds. */
export interface ProcessTime {
  readonly wall: number;
  /** Of all its threads; other work on the machine hardly changes it. Not known on Windows. */
  readonly cpu: number;
}

/** The shell tells how much processor time its children took. */
const TIMED = '"$@" >/dev/null 2>&1; code=$?; times; exit $code';

/** Runs a command with its output thrown away. An exit with 1 is no failure: our CLI left work behind, ast-grep found nothing. */
export function runProcess(command: readonly string[], env: Readonly<Record<string, string>> = {}): ProcessTime {
  const [program = '', ...args] = process.platform === 'win32' ? command : ['sh', '-c', TIMED, 'sh', ...command];
  const begin = performance.now();
  const { status, error, stdout } = spawnSync(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
  const wall = performance.now() - begin;
  if (error !== undefined || status === null || status > 1) throw new Error(`${command.join(' ')}: ${error?.message ?? `exit ${status}`}`);
  const [user, system] = Array.from(stdout.matchAll(/(\d+)m([\d.]+)s/g), ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds)).slice(-2);
  return { wall, cpu: process.platform === 'win32' ? NaN : 1000 * ((user ?? NaN) + (system ?? NaN)) };
}
