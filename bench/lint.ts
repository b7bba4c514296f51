import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { markdownTable } from '../tools/markdown-table.ts';
import { hold } from './contest.ts';
import type { Corpus } from './corpus.ts';
import { asMilliseconds, asRatio, Timing } from './timing.ts';

/** What `lint-once.mjs` prints. */
interface LintRun {
  readonly wall: number;
  readonly cpu: number;
  readonly rules: number;
  readonly parse: number;
  readonly files: number;
  readonly fatal: number;
}

const TITLES = { core: 'one core rule', ours: 'all our rules', typed: 'no-floating-promises' };
type Name = keyof typeof TITLES;
const NAMES: readonly Name[] = ['core', 'ours', 'typed'];

/** ESLint with one rule of its own, with all of ours, and with one rule that needs types: the same files, the same parser. */
export function benchLint(corpus: Corpus, rounds: number): string {
  const [folder = ''] = corpus.copies(1);
  const results = hold(
    NAMES.map((name) => ({ name, run: () => lintOnce(name, folder), rounds: name === 'typed' ? Math.min(rounds, 3) : rounds })),
    rounds,
  );
  const timing = (name: Name, of: keyof LintRun): Timing => new Timing((results.get(name) ?? []).map((run) => run[of]));
  return [runsTable(timing), '', ratiosTable(timing, corpus.fileCount)].join('\n');
}

type TimingOf = (name: Name, of: keyof LintRun) => Timing;

function runsTable(timing: TimingOf): string {
  return markdownTable([
    ['ESLint with', 'whole run', 'processor', 'rules alone', 'parsing', 'range of the whole run'],
    ...NAMES.map((name) => [
      TITLES[name],
      asMilliseconds(timing(name, 'wall').median),
      asMilliseconds(timing(name, 'cpu').median),
      asMilliseconds(timing(name, 'rules').median),
      asMilliseconds(timing(name, 'parse').median),
      timing(name, 'wall').range,
    ]),
  ]);
}

function ratiosTable(timing: TimingOf, fileCount: number): string {
  const own = timing('ours', 'rules').median;
  const ratio = (above: Name, below: Name, of: keyof LintRun): string => asRatio(timing(above, of).median / timing(below, of).median);
  const added = (of: 'cpu' | 'wall'): string => asRatio((timing('typed', of).median - timing('core', of).median) / own);
  const share = (of: 'cpu' | 'wall'): string => `${((100 * own) / timing('ours', of).median).toFixed(1)} %`;
  return markdownTable([
    ['measure', 'aim', 'by the clock', 'by processor time'],
    ['(a) run with our rules against run with one core rule', '≤ 1.03', ratio('ours', 'core', 'wall'), ratio('ours', 'core', 'cpu')],
    ['(a) our rules, own time in their run', '–', share('wall'), share('cpu')],
    ['(a) our rules, own time per file', '≤ 0.1 ms', `${(own / fileCount).toFixed(3)} ms`, ''],
    ['(b) what the typed rule adds to a run, against our own time', '≥ 50', added('wall'), added('cpu')],
    ['(b) own time of the typed rule, without its program, against ours', '–', ratio('typed', 'ours', 'rules'), ''],
  ]);
}

function lintOnce(name: Name, folder: string): LintRun {
  const printed = execFileSync(process.execPath, [join(import.meta.dirname, 'lint-once.mjs'), name, folder], { encoding: 'utf8' });
  const run = JSON.parse(printed) as LintRun;
  if (run.fatal > 0) throw new Error(`${name}: ESLint failed on ${run.fatal} of ${run.files} files`);
  return run;
}
