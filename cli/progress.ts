import { setImmediate } from 'node:timers/promises';
import type { Spinner } from 'yocto-spinner';
import type { Io } from './io.ts';

/** How long a run stays silent, and how often the line is drawn anew. */
const DELAY = 1000;
const INTERVAL = 100;

export interface Progress {
  /** A promise where the line has to be drawn before the work goes on. */
  readonly report: (done: number) => Promise<void> | undefined;
  readonly stop: () => void;
}

const SILENT: Progress = { report: () => undefined, stop: () => undefined };

/** A line on a terminal's stderr that says how far a long run is; nothing where stderr is piped, or in CI. */
export function startProgress(total: number, { stderr, env }: Io): Progress {
  if (stderr.isTTY !== true || stderr !== process.stderr || (env['CI'] !== undefined && env['CI'] !== '')) return SILENT;
  let spinner: Spinner | undefined;
  let next = performance.now() + DELAY;
  const draw = async (done: number): Promise<void> => {
    const text = `Reading ${done} of ${total} files`;
    spinner ??= (await import('yocto-spinner')).default({ stream: process.stderr }).start();
    spinner.text = text;
    await setImmediate();
    next = performance.now() + INTERVAL;
  };
  return {
    report: (done) => (performance.now() < next ? undefined : draw(done)),
    stop: () => void spinner?.stop(),
  };
}
