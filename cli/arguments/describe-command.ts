import { Command, Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { suggest } from './did-you-mean.ts';
import { FORMATTER_CHOICES } from '../after-writing/formatter.ts';
import { FORMATS } from '../reports/report-format.ts';
import { EXAMPLES_AND_EXIT_CODES } from './usage.ts';

const STYLES =
  'delegate: a method takes the lock and calls its body, now a private method (default); wrap: the body goes into a callback; using: a using declaration';

/** The command with its options, for parsing, help and completion. `example` is the name of a codemod. */
export function describeCommand(example: string): Command {
  return new Command('lifecycle-codemod')
    .usage('[options] [paths...]\n       lifecycle-codemod explain <file>[:Class]...\n       lifecycle-codemod report [options] <paths...>\n       lifecycle-codemod completion <bash|zsh|fish>')
    .description('Makes async services start and stop safely: finds classes with a start and a stop, and adds what they lack.')
    .argument('[paths...]', 'files, folders and globs; without any, the codemods are listed and nothing is changed')
    .optionsGroup('What to look at:')
    .option('--codemod <names...>', `only these codemods, such as ${example} (default: the usual ones, see --list)`, appendNames)
    .option('--list', 'list the codemods')
    .addOption(new Option('--since <ref>', 'only files changed since the branch left this commit, branch or tag, and new ones').conflicts('staged'))
    .option('--staged', 'only files that are staged for the next commit')
    .addOption(new Option('--workers <n>', 'read and plan in this many threads, for trees of thousands of files (default: 1)').argParser(threads))
    .optionsGroup('What to do with it:')
    .option('-d, --dry-run', 'print the diff, write nothing')
    .option('--check', 'print the files that would change, write nothing; exit 1 if there are any')
    .addOption(new Option('-i, --interactive', 'show the diff of each class and ask').conflicts(['check', 'dryRun', 'json']))
    .optionsGroup('How to mend:')
    .addOption(choice('--lock <where>', 'auto: a lock library the project has, else async-mutex (default); inline: a small file in its sources', ['auto', 'inline']))
    .addOption(choice('--style <style>', STYLES, ['delegate', 'wrap', 'using']))
    .addOption(new Option('--drain-timeout <ms>', 'how long stop may wait for what it drains (default: 10000)').argParser(milliseconds))
    .option('--factory', 'move-start-out-of-constructor: give a class a static async create() where its instances cannot be started in place')
    .option('--tsconfig', "use-await-using: add ESNext.Disposable to the tsconfig's lib where it is needed")
    .optionsGroup('When it is written:')
    .addOption(choice('--formatter <name>', 'format the files that were written: auto (what the project is set up for), prettier, biome, oxfmt, dprint or none (default)', FORMATTER_CHOICES).conflicts(['check', 'dryRun']))
    .addOption(new Option('--install', "install missing packages with the project's own package manager").conflicts(['check', 'dryRun']))
    .option('--typecheck', 'change nothing in a project that would have more type errors than before')
    .option('--allow-dirty', 'also write to files with uncommitted changes')
    .option('--allow-no-vcs', 'also write to files outside version control')
    .optionsGroup('What to print:')
    .addOption(choice('--format <format>', 'text (default), json, github (annotations), sarif (2.1.0) or markdown (for a comment)', FORMATS))
    .addOption(new Option('--json', 'short for --format json').conflicts('format'))
    .option('--quiet', 'no summary, only what failed')
    .option('--version', 'print the version')
    .helpOption('-h, --help', 'print this')
    // The descriptions say what there is to choose, and what each does.
    .configureHelp({ optionDescription: ({ description }) => description })
    .addHelpText('after', EXAMPLES_AND_EXIT_CODES)
    .exitOverride();
}

function choice(flags: string, description: string, values: readonly string[]): Option {
  const name = flags.split(' ', 1).join('');
  return new Option(flags, description).choices(values).argParser((value) => {
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

/** More than any machine can use, and fewer than would bring one down. */
const MOST_THREADS = 64;

function threads(value: string): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number > 0 && number <= MOST_THREADS) return number;
  throw new CliError(`--workers cannot be '${value}'; it is a number of threads from 1 to ${String(MOST_THREADS)}`);
}

function appendNames(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), ...value.split(',').filter((name) => name !== '')];
}
