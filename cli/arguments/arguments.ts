import { CommanderError } from 'commander';
import type { Codemod, LockChoice, Style } from '../../codemods/codemod.ts';
import type { ProjectCodemod } from '../../codemods/project-codemod.ts';
import { CliError } from '../cli-error.ts';
import { describeCommand } from './describe-command.ts';
import { suggest } from './did-you-mean.ts';
import type { FormatterChoice } from '../after-writing/formatter.ts';
import type { Format } from '../reports/report-format.ts';

/** The command line, checked. */
export interface Arguments {
  readonly paths: readonly string[];
  readonly codemods: readonly Codemod[];
  /** Codemods that read the whole project: either these or `codemods` are to run. */
  readonly projectCodemods: readonly ProjectCodemod[];
  readonly factory: boolean;
  readonly tsconfig: boolean;
  readonly lock: LockChoice | undefined;
  readonly style: Style | undefined;
  /** In ms. */
  readonly drainTimeout: number | undefined;
  /** The threads that plan; one is that of the command itself. */
  readonly workers: number;
  readonly dryRun: boolean;
  readonly check: boolean;
  readonly typecheck: boolean;
  readonly allowDirty: boolean;
  readonly allowNoVcs: boolean;
  readonly interactive: boolean;
  /** A commit, branch or tag. */
  readonly since: string | undefined;
  readonly staged: boolean;
  readonly install: boolean;
  readonly formatter: FormatterChoice;
  readonly format: Format;
  readonly quiet: boolean;
  readonly list: boolean;
  readonly version: boolean;
}

type AnyCodemod = Codemod | ProjectCodemod;

type Options = Partial<Omit<Arguments, 'codemods' | 'paths' | 'projectCodemods'>> & { readonly codemod?: readonly string[]; readonly json?: boolean };

/**
 * Reads the command line. `undefined` when it asked for help, which is then written with `writeHelp`.
 * Throws a CliError of one line for whatever it does not know.
 */
export function parseArguments(
  argv: readonly string[],
  codemods: readonly AnyCodemod[],
  pathExists: (path: string) => boolean,
  writeHelp: (text: string) => void,
): Arguments | undefined {
  const command = describeCommand(codemods[0]?.name ?? 'name').configureOutput({ writeOut: writeHelp, outputError: () => undefined });
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new CliError(inOneLine(error.message));
  }
  const options = command.opts<Options>();
  const { names, paths } = splitNames(options.codemod, command.args, codemods, pathExists);
  const isNarrowed = options.since !== undefined || options.staged === true;
  return checked({
    paths: paths.length === 0 && isNarrowed ? ['.'] : paths,
    ...byScope(names === undefined ? codemods.filter(({ isDefault }) => isDefault) : chooseCodemods(names, codemods)),
    factory: options.factory ?? false,
    tsconfig: options.tsconfig ?? false,
    lock: options.lock,
    style: options.style,
    drainTimeout: options.drainTimeout,
    workers: options.workers ?? 1,
    dryRun: options.dryRun ?? false,
    check: options.check ?? false,
    typecheck: options.typecheck ?? false,
    allowDirty: options.allowDirty ?? false,
    allowNoVcs: options.allowNoVcs ?? false,
    interactive: options.interactive ?? false,
    since: options.since,
    staged: options.staged ?? false,
    install: options.install ?? false,
    formatter: options.formatter ?? 'none',
    format: options.format ?? (options.json === true ? 'json' : 'text'),
    quiet: options.quiet ?? false,
    list: options.list ?? false,
    version: options.version ?? false,
  });
}

/** What goes together only in some cases. */
function checked(given: Arguments): Arguments {
  if (given.interactive && given.format !== 'text') throw new CliError(`-i is for people: it cannot be used with --format ${given.format}`);
  const [whole] = given.projectCodemods;
  if (given.interactive && whole !== undefined) throw new CliError(`-i asks class by class, and ${whole.name} changes several files for one: use --dry-run to see what it would do`);
  if (given.workers > 1 && given.interactive) throw new CliError('-i asks class by class: leave --workers out');
  if (given.workers > 1 && whole !== undefined) throw new CliError(`${whole.name} reads the whole project at once, in one thread: leave --workers out`);
  return given;
}

/** `--codemod a b src` gives all three to `--codemod`: what is no codemod and is there on disk was meant as a path. */
function splitNames(
  given: readonly string[] | undefined,
  rest: readonly string[],
  codemods: readonly AnyCodemod[],
  pathExists: (path: string) => boolean,
): { names: readonly string[] | undefined; paths: readonly string[] } {
  if (given === undefined) return { names: undefined, paths: rest };
  const known = new Set(codemods.map(({ name }) => name));
  const isPath = (text: string): boolean => !known.has(text) && (pathExists(text) || /[/\\*]/.test(text));
  return { names: given.filter((text) => !isPath(text)), paths: [...given.filter(isPath), ...rest] };
}

function chooseCodemods(names: readonly string[], codemods: readonly AnyCodemod[]): readonly AnyCodemod[] {
  const known = codemods.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new CliError(`there is no codemod '${unknown}'${suggest(unknown, known)}; --list shows them`);
  if (names.length === 0) throw new CliError(`--codemod needs a name; --list shows them`);
  return codemods.filter(({ name }) => names.includes(name));
}

/** What reads the whole project finds it as it is on disk, so it runs by itself. */
function byScope(chosen: readonly AnyCodemod[]): Pick<Arguments, 'codemods' | 'projectCodemods'> {
  const projectCodemods = chosen.filter((codemod) => 'scope' in codemod);
  const codemods = chosen.filter((codemod): codemod is Codemod => !('scope' in codemod));
  const [one] = projectCodemods;
  if (one !== undefined && codemods.length > 0) throw new CliError(`${one.name} reads the whole project: run it by itself, before or after the other codemods`);
  return { codemods, projectCodemods };
}

/** Commander's `error: unknown option '--dry'\n(Did you mean --dry-run?)`. */
function inOneLine(message: string): string {
  return message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ').replace('(Did', '(did');
}
