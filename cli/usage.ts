import type { Codemod } from '../codemods/codemod.ts';
import type { Colors } from './io.ts';

/** What `--help` prints below the options. */
export const EXAMPLES_AND_EXIT_CODES = `
Examples:
  lifecycle-codemod --dry-run src                      show what would change
  lifecycle-codemod src                                change it
  lifecycle-codemod --check .                          for CI: fail while anything would change
  lifecycle-codemod --codemod add-async-dispose "packages/*/src/**/*.ts"
  lifecycle-codemod --drain-timeout 30000 src          give slow drains half a minute
  lifecycle-codemod --dry-run src | git apply          take the diff elsewhere

Exit codes:
  0  done, nothing left to do; with --dry-run: whatever it shows
  1  some of it is left to do by hand; with --check: something would change
  2  failed: a file could not be read, parsed or written, or an argument is wrong
  3  refused: uncommitted changes, or no version control (--allow-dirty, --allow-no-vcs)
`;

/** What `--list` prints. */
export function listCodemods(codemods: readonly Codemod[], colors: Colors): string {
  const width = Math.max(...codemods.map(({ name }) => name.length)) + 2;
  const line = ({ name, description }: Codemod): string => `  ${colors.bold(name.padEnd(width))}${description}\n`;
  const asked = codemods.filter(({ isDefault }) => !isDefault);
  const usual = codemods.filter(({ isDefault }) => isDefault).map(line).join('');
  return asked.length === 0 ? usual : `${usual}\nOnly when named with --codemod:\n${asked.map(line).join('')}`;
}

/** What a run without paths prints. */
export function introduce(codemods: readonly Codemod[], colors: Colors): string {
  return `lifecycle-codemod makes async services start and stop safely. Its codemods:

${listCodemods(codemods, colors)}
Nothing was changed, because no path was given. Next:

  ${colors.bold('lifecycle-codemod --dry-run src')}   show what would change
  ${colors.bold('lifecycle-codemod src')}             change it
  ${colors.bold('lifecycle-codemod --help')}          every option
`;
}
