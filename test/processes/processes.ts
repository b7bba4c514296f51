import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const scripts = fileURLToPath(new URL('../../fixtures/processes/', import.meta.url));

/** Whether there is a process with this pid. One that has ended counts until whoever spawned it has heard of that. */
export function isAlive(pid: number): boolean {
  if (!(pid > 1)) throw new RangeError(`not the pid of a child: ${pid}`);
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** When a process was started; undefined where there is none. */
export function startOf(pid: number): string | undefined {
  return askPs('lstart', pid);
}

function askPs(column: string, pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** What real child processes print, and which of them there have been, so that none outlives its test. */
export class Processes {
  readonly folder = mkdtempSync(join(tmpdir(), 'lifecycle-processes-'));
  readonly #heard = new EventTarget();
  readonly #lines: string[] = [];
  readonly #pids = new Set<number>();
  #rest = '';

  /** The arguments of `node` that run one of `fixtures/processes/`. It begins with a line `ready <pid>`. */
  script(name: string, ...args: readonly string[]): readonly string[] {
    return [join(scripts, `${name}.mjs`), ...args];
  }

  /** For what comes from stdout. */
  readonly hear = (text: string): void => {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const pid = Number(/^\w+ (\d+)$/.exec(line)?.[1]);
      if (pid > 1) this.#pids.add(pid);
      this.#lines.push(line);
    }
    this.#heard.dispatchEvent(new Event('line'));
  };

  /** Waits for the next line that begins with the word, takes it, and returns the pid behind it. */
  async pidAfter(word: string): Promise<number> {
    for (;;) {
      const index = this.#lines.findIndex((line) => line.startsWith(`${word} `));
      const [line] = index === -1 ? [] : this.#lines.splice(index, 1);
      if (line !== undefined) return Number(line.slice(word.length));
      await once(this.#heard, 'line');
    }
  }

  /** Waits until a process, which runs one of these scripts, has shown that it runs. Never returns where it does not. */
  async answer(pid: number): Promise<boolean> {
    if (isAlive(pid)) process.kill(pid, 'SIGUSR2');
    return (await this.pidAfter('alive')) === pid;
  }

  /** Kills what is left, and waits until nothing is. */
  async end(): Promise<void> {
    for (const pid of this.#pids) {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
      // An orphan stays a zombie where the first process of a container does not look after it.
      while (isAlive(pid) && askPs('stat', pid)?.startsWith('Z') === false) await sleep(5);
    }
    rmSync(this.folder, { recursive: true });
  }
}
