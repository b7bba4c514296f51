import type { Codemod } from '../../codemods/codemod.ts';
import type { ProjectCodemod } from '../../codemods/project-codemod.ts';
import type { Colors } from '../io.ts';

/** What `--help` prints below the options. */
export const EXAMPLES_AND_EXIT_CODES = `
Look first:
  lifecycle-codemod --dry-run src                      show what would change
  lifecycle-codemod --dry-run src | git apply          take the diff elsewhere
  lifecycle-codemod --list                             say what each codemod does

Change it:
  lifecycle-codemod src                                all at once
  lifecycle-codemod -i src                             class by class, with a question for each
  lifecycle-codemod --install --formatter auto src     and leave nothing to do after it
  lifecycle-codemod --codemod add-async-dispose "packages/*/src/**/*.ts"
  lifecycle-codemod --drain-timeout 30000 src          give slow drains half a minute

Only what you work on:
  lifecycle-codemod --since main                       what this branch has changed
  lifecycle-codemod --check --staged                   before a commit

In CI:
  lifecycle-codemod --check .                          fail while anything would change
  lifecycle-codemod --check --format github .          with annotations in the pull request
  lifecycle-codemod --check --format sarif . > lifecycle.sarif

See what there is:
  lifecycle-codemod explain src/worker.ts              what is known of a service, and why a rule is silent
  lifecycle-codemod report src                         every service, and what each has and lacks
  lifecycle-codemod report --html lifecycle.html src   with its states, race windows and diff, as a page

In the shell:
  lifecycle-codemod completion bash                    print the script that completes options

Exit codes:
  0  done, nothing left to do; with --dry-run: whatever it shows
  1  some of it is left to do by hand; with --check: something would change
  2  failed: a file could not be read, parsed or written, or an argument is wrong
  3  refused: uncommitted changes, or no version control (--allow-dirty, --allow-no-vcs)
`;

type Listed = Codemod | ProjectCodemod;

/** What `--list` prints. */
export function listCodemods(codemods: readonly Listed[], colors: Colors): string {
  const width = Math.max(...codemods.map(({ name }) => name.length)) + 2;
  const line = ({ name, description }: Listed): string => `  ${colors.bold(name.padEnd(width))}${description}\n`;
  const asked = codemods.filter((codemod) => !codemod.isDefault && !('scope' in codemod));
  const whole = codemods.filter((codemod) => 'scope' in codemod);
  const usual = codemods.filter(({ isDefault }) => isDefault).map(line).join('');
  const section = (heading: string, list: readonly Listed[]): string => (list.length === 0 ? '' : `\n${heading}:\n${list.map(line).join('')}`);
  return usual + section('Only when named with --codemod', asked) + section('Only when named, by themselves: these read the whole project, and change what has to change with it anywhere in it', whole);
}

/** What a run without paths prints. */
export function introduce(codemods: readonly Listed[], colors: Colors): string {
  return `lifecycle-codemod makes async services start and stop safely. Its codemods:

${listCodemods(codemods, colors)}
Nothing was changed, because no path was given. Next:

  ${colors.bold('lifecycle-codemod --dry-run src')}   show what would change
  ${colors.bold('lifecycle-codemod src')}             change it
  ${colors.bold('lifecycle-codemod --help')}          every option
`;
}
