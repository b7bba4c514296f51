import { createInterface } from 'node:readline';
import type { Input, Io } from '../io.ts';
import { CliError } from '../cli-error.ts';

/** Puts questions on a terminal and reads the answers, a line each. */
export interface Asker {
  /** The answer in lower case, without spaces round it; undefined at the end of the input. */
  readonly ask: (question: string) => Promise<string | undefined>;
  readonly close: () => void;
}

/** Throws a CliError where nobody can answer: in CI, or where stdin or stdout is no terminal. */
export function checkTerminal({ stdin, stdout, env }: Io): Input {
  const isCi = env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false';
  if (!isCi && stdin?.isTTY === true && stdout.isTTY === true) return stdin;
  const why = isCi ? 'CI is set' : `${stdin?.isTTY === true ? 'stdout' : 'stdin'} is no terminal`;
  throw new CliError(`-i asks questions, and nobody can answer here (${why}): use --dry-run to see the changes, or leave -i away to make them all`);
}

/** The terminal stays as it is, so that it shows what is typed, and Ctrl-C ends the process: nothing is written before the last answer. */
export function openAsker(input: Input, stdout: Io['stdout']): Asker {
  const reader = createInterface({ input, terminal: false });
  const lines: AsyncIterator<string, undefined> = reader[Symbol.asyncIterator]();
  return {
    async ask(question) {
      stdout.write(question);
      const { done, value } = await lines.next();
      if (done === true) stdout.write('\n');
      return done === true ? undefined : value.trim().toLowerCase();
    },
    close: () => {
      reader.close();
    },
  };
}
