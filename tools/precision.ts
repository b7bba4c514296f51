/**
 * Usage: npm run precision [-- --mirror <dir>]. Scores the presets against the hand labels and the judged reports, and writes docs/precision.md and the
 * figures of each rule's page. Exits with 1 where a rule of `recommended` is below the bar. The judged repositories come from bare git repositories
 * `<dir>/<owner>+<name>`, or are fetched at their commits from GitHub into .real-code/.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { rules } from '../rules/index.ts';
import { compareDrawn } from './precision/drawn.ts';
import { fetchCommits, GITHUB } from './precision/fetch-commits.ts';
import { entries } from './precision/labels.ts';
import { lintDrawn } from './precision/lint-drawn.ts';
import { measure, type Score } from './precision/measure.ts';
import { belowBar, pageOf } from './precision/page.ts';
import { readRows } from './precision/read-rows.ts';
import { judgedReports } from './precision/reports.ts';
import type { Preset } from './precision/row.ts';
import { withFigures } from './precision/rule-page.ts';
import { scoreLabels } from './real-code/labels.ts';
import { CACHE } from './real-code/packages.ts';

const root = resolve(import.meta.dirname, '..');
const PAGE = join(root, 'docs/precision.md');
const { values: options } = parseArgs({ options: { mirror: { type: 'string' }, from: { type: 'string', default: GITHUB } } });

const mirror = options.mirror ?? join(CACHE, 'mirrors');
if (options.mirror === undefined) fetchCommits([...entries, ...judgedReports], mirror, options.from);

const scores = { recommended: await scoreWith('recommended'), strict: await scoreWith('strict') };
const recommended = new Set(rules.filter(({ meta }) => meta.docs.presets.recommended !== undefined).map(({ name }) => name));
const now = lintDrawn(judgedReports, mirror);
const rows = rules.map(({ name }) => ({
  rule: name,
  measures: { recommended: measure(name, scores.recommended), strict: measure(name, scores.strict) },
  drawn: compareDrawn(name, judgedReports, now),
}));

writePage();
const kept = readFileSync(PAGE, 'utf8');
for (const row of readRows(kept, rules.map(({ name }) => name))) {
  const path = join(root, 'docs/rules', `${row.rule}.md`);
  writeFileSync(path, withFigures(readFileSync(path, 'utf8'), row, recommended.has(row.rule)));
}

const below = belowBar(rows, recommended);
if (below.length > 0) {
  console.error(`In recommended, and below the bar of docs/precision.md: ${below.join(', ')}`);
  process.exitCode = 1;
}

async function scoreWith(preset: Preset): Promise<Score> {
  const json = join(CACHE, `score-${preset}.json`);
  await scoreLabels({ mirror, preset, verbose: false }, json);
  const score = JSON.parse(readFileSync(json, 'utf8')) as Score;
  const [lost] = score.notScored;
  if (lost !== undefined) throw new Error(`${score.notScored.length} labels were not scored, the first ${lost.key} ${lost.name}: ${lost.reason}`);
  if (score.fatal.length > 0) throw new Error(`ESLint failed on ${score.fatal.length} labelled files; they are named above`);
  return score;
}

/** A page on which only the date would change is left as it is. */
function writePage(): void {
  const run = { rows, scores, recommended, now };
  const today = new Date().toISOString().slice(0, 10);
  const before = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  const [, date = today] = /^Written on (\S+)\.$/m.exec(before) ?? [];
  if (pageOf({ ...run, date }) !== before) writeFileSync(PAGE, pageOf({ ...run, date: today }));
}
