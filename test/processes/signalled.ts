import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { compileFile } from '../explorer/compile-file.ts';

const SCRIPTS = join(import.meta.dirname, '../../fixtures/processes');

/** A real process that runs the TypeScript text of a fixture in one of `fixtures/processes/`, and is sent signals. */
export class Signalled {
  readonly lines: string[] = [];
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #heard = new EventTarget();
  readonly #closed: Promise<unknown>;

  constructor(script: string, text: string, ...args: readonly string[]) {
    this.#child = spawn(process.execPath, [join(SCRIPTS, `${script}.mjs`), compileFile(text), ...args]);
    this.#closed = once(this.#child, 'close');
    let rest = '';
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream.setEncoding('utf8');
    this.#child.stderr.on('data', (error: string) => this.lines.push(`error: ${error}`));
    this.#child.stdout.on('data', (part: string) => {
      const lines = (rest + part).split('\n');
      rest = lines.pop() ?? '';
      this.lines.push(...lines);
      this.#heard.dispatchEvent(new Event('line'));
    });
    void this.#closed.then(() => this.#heard.dispatchEvent(new Event('line')));
  }

  /** Waits until it has printed a line. Throws where it ends first. */
  async said(line: string): Promise<void> {
    while (!this.lines.includes(line)) {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) throw new Error(`it ended before it said «${line}»:\n${this.lines.join('\n')}`);
      await once(this.#heard, 'line');
    }
  }

  send(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  tell(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /** Waits for its end, and gives its exit code; `null` where a signal has killed it. */
  async exitCode(): Promise<number | null> {
    await this.#closed;
    return this.#child.exitCode;
  }

  /** Kills it if it still runs, and waits until it is gone. */
  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#closed;
  }
}
