import type { DeadlineCall } from '../deadline/deadline-call.ts';

/** What the lines that wait for an exit are made of. */
export interface WaitParts {
  readonly call: DeadlineCall;
  /** The expression for the milliseconds. */
  readonly limit: string;
  /** The promise of the exit. */
  readonly exited: string;
  /** `child.kill('SIGKILL')`; undefined where something else sends it in time. */
  readonly hardKill: string | undefined;
  /** What is set where not even SIGKILL ends it: `this.#unrestartable`. */
  readonly flag: string | undefined;
  /** What errors are called: of the deadline, and of a second one inside its handler. */
  readonly errors: readonly [string, string];
  readonly semicolon: '' | ';';
  readonly unit: string;
}

/** A `try` without its last brace where it can be carried on by `finally`; else a plain wait. */
export interface WaitLines {
  readonly lines: readonly string[];
  readonly isTry: boolean;
}

/** Waits for the exit, sends SIGKILL when the time is up, and waits again. */
export function waitLines(parts: WaitParts): WaitLines {
  const { hardKill, flag, errors, semicolon, unit, call } = parts;
  const [error] = errors;
  if (hardKill === undefined) return flag === undefined ? { lines: [deadlineLine(parts)], isTry: false } : flagged(parts, error);
  const last = flag === undefined ? [deadlineLine(parts)] : [...flagged(parts, errors[1]).lines, '}'];
  const handler = [`if (!(${call.isTimeout(error)})) throw ${error}${semicolon}`, `${hardKill}${semicolon}`, ...last];
  return { lines: ['try {', unit + deadlineLine(parts), `} catch (${error}) {`, ...handler.map((line) => unit + line)], isTry: true };
}

/** After a wait that ended in time, whichever way: sends SIGKILL to a child that lives on, and waits again. `child` is its name, maybe of none. */
export function lateKillLines(parts: WaitParts & { readonly hardKill: string }, child: string): WaitLines {
  const { hardKill, flag, errors, semicolon, unit } = parts;
  const last = flag === undefined ? [deadlineLine(parts)] : [...flagged(parts, errors[0]).lines, '}'];
  const body = [`${hardKill}${semicolon}`, ...last].map((line) => unit + line);
  return { lines: [`if (${child}.exitCode === null && ${child}.signalCode === null) {`, ...body, '}'], isTry: false };
}

function flagged(parts: WaitParts, error: string): WaitLines {
  const { call, flag = '', semicolon, unit } = parts;
  const handler = [`if (${call.isTimeout(error)}) ${flag} = true${semicolon}`, `throw ${error}${semicolon}`];
  return { lines: ['try {', unit + deadlineLine(parts), `} catch (${error}) {`, ...handler.map((line) => unit + line)], isTry: true };
}

function deadlineLine({ call, exited, limit, semicolon }: WaitParts): string {
  return `await ${call.before}${call.takes === 'thunk' ? '() => ' : ''}${exited}${call.after(limit)}${semicolon}`;
}
