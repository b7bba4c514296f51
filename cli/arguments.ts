import { Command, CommanderError, Option } from 'commander';
import type { Codemod, LockChoice, Style } from '../codemods/codemod.ts';
import { CliError } from './cli-error.ts';
import { didYouMean } from './did-you-mean.ts';
import { EXAMPLES_AND_EXIT_CODES } from './usage.ts';

/** The command line, checked. */
export interface Arguments {
  readonly paths: readonly string[];
  readonly codemods: readonly Codemod[];
  readonly lock: LockChoice | undefined;
  readonly style: Style | undefined;
  /** In ms. */
  readonly drainTimeout: number | undefined;
  readonly dryRun: boolean;
  readonly check: boolean;
  readonly allowDirty: boolean;
  readonly allowNoVcs: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly list: boolean;
  readonly version: boolean;
}

const STYLES =
  'delegate: a method takes the lock and calls its body, now a private method (default); wrap: the body goes into a callback; using: a using declaration';

type Options = Partial<Omit<Arguments, 'codemods' | 'paths'>> & { readonly codemod?: readonly string[] };

/**
 * Reads the command line. `undefined` when it asked for help, which is then written with `writeHelp`.
 * Throws a CliError of one line for whatever it does not know.
 */
export function parseArguments(
  argv: readonly string[],
  codemods: readonly Codemod[],
  pathExists: (path: string) => boolean,
  writeHelp: (text: string) => void,
): Arguments | undefined {
  const command = describeCommand(codemods).configureOutput({ writeOut: writeHelp, outputError: () => undefined });
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new CliError(inOneLine(error.message));
  }
  const options = command.opts<Options>();
  const { names, paths } = splitNames(options.codemod, command.args, codemods, pathExists);
  return {
    paths,
    codemods: names === undefined ? codemods.filter(({ isDefault }) => isDefault) : chooseCodemods(names, codemods),
    lock: options.lock,
    style: options.style,
    drainTimeout: options.drainTimeout,
    dryRun: options.dryRun ?? false,
    check: options.check ?? false,
    allowDirty: options.allowDirty ?? false,
    allowNoVcs: options.allowNoVcs ?? false,
    json: options.json ?? false,
    quiet: options.quiet ?? false,
    list: options.list ?? false,
    version: options.version ?? false,
  };
}

function describeCommand(codemods: readonly Codemod[]): Command {
  const one = codemods[0]?.name ?? 'name';
  return new Command('lifecycle-codemod')
    .description('Makes async services start and stop safely: finds classes with a start and a stop, and adds what they lack.')
    .argument('[paths...]', 'files, folders and globs; without any, the codemods are listed and nothing is changed')
    .option('-d, --dry-run', 'print the diff, write nothing')
    .option('--check', 'print the files that would change, write nothing; exit 1 if there are any')
    .option('--codemod <names...>', `only these codemods, such as ${one} (default: the usual ones, see --list)`, appendNames)
    .option('--list', 'list the codemods')
    .addOption(choice('--lock <where>', 'auto: a lock library the project has, else async-mutex (default); inline: a small file in its sources', ['auto', 'inline']))
    .addOption(choice('--style <style>', STYLES, ['delegate', 'wrap', 'using']))
    .addOption(new Option('--drain-timeout <ms>', 'how long stop may wait for what it drains (default: 10000)').argParser(milliseconds))
    .option('--json', 'print one JSON document in place of text')
    .option('--quiet', 'no summary, only what failed')
    .option('--allow-dirty', 'also write to files with uncommitted changes')
    .option('--allow-no-vcs', 'also write to files outside version control')
    .option('--version', 'print the version')
    .helpOption('-h, --help', 'print this')
    .addHelpText('after', EXAMPLES_AND_EXIT_CODES)
    .exitOverride();
}

function choice(flags: string, description: string, values: readonly string[]): Option {
  const name = flags.split(' ', 1).join('');
  return new Option(flags, description).argParser((value) => {
    if (values.includes(value)) return value;
    throw new CliError(`${name} cannot be '${value}'${suggest(value, values)}; it is one of ${values.join(', ')}`);
  });
}

/** The longest delay that a timer of Node can bear. */
const MAX_MILLISECONDS = 2 ** 31 - 1;

function milliseconds(value: string): number {
  const number = /^\d[\d_]*$/.test(value) ? Number(value.replaceAll('_', '')) : Number.NaN;
  if (number > 0 && number <= MAX_MILLISECONDS) return number;
  throw new CliError(`--drain-timeout cannot be '${value}'; it is a number of milliseconds from 1 to ${String(MAX_MILLISECONDS)}`);
}

function appendNames(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), ...value.split(',').filter((name) => name !== '')];
}

/** `--codemod a b src` gives all three to `--codemod`: what is no codemod and is there on disk was meant as a path. */
function splitNames(
  given: readonly string[] | undefined,
  rest: readonly string[],
  codemods: readonly Codemod[],
  pathExists: (path: string) => boolean,
): { names: readonly string[] | undefined; paths: readonly string[] } {
  if (given === undefined) return { names: undefined, paths: rest };
  const known = new Set(codemods.map(({ name }) => name));
  const isPath = (text: string): boolean => !known.has(text) && (pathExists(text) || /[/\\*]/.test(text));
  return { names: given.filter((text) => !isPath(text)), paths: [...given.filter(isPath), ...rest] };
}

function chooseCodemods(names: readonly string[], codemods: readonly Codemod[]): readonly Codemod[] {
  const known = codemods.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new CliError(`there is no codemod '${unknown}'${suggest(unknown, known)}; --list shows them`);
  if (names.length === 0) throw new CliError(`--codemod needs a name; --list shows them`);
  return codemods.filter(({ name }) => names.includes(name));
}

function suggest(typed: string, candidates: readonly string[]): string {
  const near = didYouMean(typed, candidates);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}

/** Commander's `error: unknown option '--dry'\n(Did you mean --dry-run?)`. */
function inOneLine(message: string): string {
  return message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ').replace('(Did', '(did');
}
