import process from 'node:process';
import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run real-code -- [options]

Lints published packages with every rule, runs every codemod of the default set over them, checks the results, and compares the counts
with tools/real-code/snapshot.md. Exits with 1 when something failed or a count changed.

  --update             writes the counts to the snapshot
  --package <name>     only this package; may be given more than once, and nothing is compared
  --list [rule…]       prints each report instead, of these rules or of all
  --leftovers          prints each place the codemods left, with the reason
  --diff               prints the diffs the codemods make

  --labels             scores the rules against the hand-labelled classes instead
  --mirror <dir>       bare git repositories, <dir>/<owner>+<name>
  --preset <name>      recommended (default) or strict
  --verbose            also lists each wrong report and each miss
`;

export type Mode = 'check' | 'diff' | 'labels' | 'leftovers' | 'list';

export interface Options {
  readonly mode: Mode;
  readonly update: boolean;
  readonly packages: readonly string[] | undefined;
  /** Rules to list; all if there are none. */
  readonly rules: readonly string[];
  readonly mirror: string | undefined;
  readonly preset: 'recommended' | 'strict';
  readonly verbose: boolean;
}

export function readOptions(): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      update: { type: 'boolean', default: false },
      package: { type: 'string', multiple: true },
      list: { type: 'boolean', default: false },
      leftovers: { type: 'boolean', default: false },
      diff: { type: 'boolean', default: false },
      labels: { type: 'boolean', default: false },
      mirror: { type: 'string' },
      preset: { type: 'string', default: 'recommended' },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    process.exit(0);
  }
  const { preset } = values;
  if (preset !== 'recommended' && preset !== 'strict') throw new Error(`--preset is recommended or strict, not ${preset}`);
  const mode = (['labels', 'list', 'leftovers', 'diff'] as const).find((name) => values[name]) ?? 'check';
  return { mode, update: values.update, packages: values.package, rules: positionals, mirror: values.mirror, preset, verbose: values.verbose };
}
