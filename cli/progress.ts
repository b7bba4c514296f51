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

/** A line on a terminal's stderr that says how far a long run is; nothing where stderr is piped, on a terminal that cannot move its cursor, or in CI. */
export function startProgress(total: number, { stderr, env }: Io): Progress {
  if (stderr.isTTY !== true || stderr !== process.stderr || env['TERM'] === 'dumb' || (env['CI'] !== undefined && env['CI'] !== '')) return SILENT;
  let spinner: Spinner | undefined;
  const started = performance.now();
  let next = started + DELAY;
  const draw = async (done: number): Promise<void> => {
    const text = describe(done, total, performance.now() - started);
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

/** `Reading 1200 of 4000 files, 600 a second, 5 s left`; `elapsed` is in ms. */
function describe(done: number, total: number, elapsed: number): string {
  const rate = (done * 1000) / elapsed;
  const left = (total - done) / rate;
  const pace = done === 0 ? '' : `, ${rate < 10 ? rate.toFixed(1) : Math.round(rate)} a second, ${duration(left)} left`;
  return `Reading ${done} of ${total} files${pace}`;
}

function duration(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
