import { CommanderError } from 'commander';
import { CliError } from '../cli-error.ts';
import { describeExplain } from './describe-explain.ts';

export interface ExplainArguments {
  readonly targets: readonly [string, ...string[]];
  readonly format: 'json' | 'text';
}

/** Reads what follows `explain`; `undefined` when it asked for help, which is then written. Throws a CliError of one line. */
export function parseExplainArguments(argv: readonly string[], writeHelp: (text: string) => void): ExplainArguments | undefined {
  const command = describeExplain().configureOutput({ writeOut: writeHelp, outputError: () => undefined });
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new CliError(error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ').replace('(Did', '(did'));
  }
  const [first, ...others] = command.args;
  if (first === undefined) throw new CliError('explain needs a file: lifecycle-codemod explain src/worker.ts, or src/worker.ts:Worker for one class');
  const { format, json } = command.opts<{ format?: ExplainArguments['format']; json?: boolean }>();
  return { targets: [first, ...others], format: format ?? (json === true ? 'json' : 'text') };
}
