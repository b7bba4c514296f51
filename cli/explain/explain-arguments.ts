import { Command, CommanderError, Option } from 'commander';
import { CliError } from '../cli-error.ts';

export interface ExplainArguments {
  readonly targets: readonly [string, ...string[]];
  readonly format: 'json' | 'text';
}

const EXAMPLES = `
  lifecycle-codemod explain src/worker.ts              every service of the file
  lifecycle-codemod explain src/worker.ts:Worker       one class
  lifecycle-codemod explain --format json src/worker.ts
`;

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

/** The command with its options, for parsing and help. */
function describeExplain(): Command {
  return new Command('lifecycle-codemod explain')
    .usage('[options] <file>[:Class]...')
    .description('Says what is known of a service: its sides, its lock, its state, what it acquires and releases, where two calls collide, what each rule says, and why a rule is silent.')
    .argument('[files...]', 'files, each with the name of a class behind a colon or without')
    .addOption(new Option('--format <format>', 'text (default) or json').choices(['text', 'json']))
    .addOption(new Option('--json', 'short for --format json').conflicts('format'))
    .helpOption('-h, --help', 'print this')
    .configureHelp({ optionDescription: ({ description }) => description })
    .addHelpText('after', EXAMPLES)
    .exitOverride();
}
