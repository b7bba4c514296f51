import { setImmediate } from 'node:timers/promises';
import { EXIT, type InterruptedExit } from '../cli-error.ts';

const EXIT_CODES = { SIGHUP: EXIT.hungUp, SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

type Signal = keyof typeof EXIT_CODES;

/** Holds signals back while files are written, so that the run ends between two of them. At any other time they end it at once. */
export class Interruption {
  readonly #signals = Object.keys(EXIT_CODES) as Signal[];
  readonly #listener = (signal: NodeJS.Signals): void => void (this.#received ??= signal as Signal);
  #received: Signal | undefined;

  constructor() {
    for (const signal of this.#signals) process.on(signal, this.#listener);
  }

  /** The code to exit with, if a signal has come. */
  async check(): Promise<InterruptedExit | undefined> {
    await setImmediate();
    return this.#received === undefined ? undefined : EXIT_CODES[this.#received];
  }

  end(): void {
    for (const signal of this.#signals) process.removeListener(signal, this.#listener);
  }
}
