import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { ENOUGH, standingOf } from '../../tools/precision/bar.ts';
import { fetchCommits } from '../../tools/precision/fetch-commits.ts';
import { labelTable } from '../../tools/precision/label-table.ts';
import { entries, labelCounts } from '../../tools/precision/labels.ts';
import { blamed, type Finding, measure, type Score } from '../../tools/precision/measure.ts';
import { belowBar } from '../../tools/precision/page.ts';
import { readRows } from '../../tools/precision/read-rows.ts';
import { withFigures } from '../../tools/precision/rule-page.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const names = rules.map(({ name }) => name);
const page = read('docs/precision.md');
const rows = readRows(page, names);

/** What is out of step is mended by `npm run precision`. */
describe('docs/precision.md', () => {
  test('has the labels that there are, and the commits they were judged at', () => {
    expect(page).toContain(labelTable(names));
    for (const { repo, commit } of entries) expect(page).toContain(`https://github.com/${repo}/tree/${commit}`);
  });

  test.each(rows)('expects of recommended the hazards of $rule, and of strict also what is missing by the letter', ({ rule, measures }) => {
    const { hazard, literal } = labelCounts(rule);
    expect(measures.recommended.expected).toBe(hazard);
    expect(measures.strict.expected).toBe(hazard + literal);
  });

  test('has no rule of recommended below the bar', () => {
    const recommended = new Set(rules.filter(({ meta }) => meta.docs.presets.recommended !== undefined).map(({ name }) => name));
    expect(recommended.size).toBeGreaterThan(0);
    expect(belowBar(rows, recommended)).toEqual([]);
  });
});

describe.each(rows)('the page of $rule', (row) => {
  const rulePage = read(`docs/rules/${row.rule}.md`);

  test('shows its figures', () => {
    expect(withFigures(rulePage, row)).toBe(rulePage);
  });

  test('names a public bug, if any', () => {
    const [, section] = rulePage.split('\n## Seen in the wild\n');
    if (section !== undefined) expect(section.split('\n## ')[0]).toMatch(/\]\(https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/(?:commit|issues|pull)\/\w+\)/);
  });
});

test('a rule below the bar is named if it is in recommended', () => {
  const row = { rule: 'some-rule', measures: { recommended: { right: 3, wrong: 2, found: 3, expected: 3 }, strict: { right: 5, wrong: 0, found: 5, expected: 5 } }, onPackages: 0 };
  expect(belowBar([row], new Set(['some-rule']))).toEqual(['some-rule']);
  expect(belowBar([row], new Set())).toEqual([]);
});

test('a page without markers is refused', () => {
  const [row] = rows;
  if (row === undefined) throw new Error('no rows');
  expect(() => withFigures('# a page\n', row)).toThrow('lacks <!-- begin precision -->');
});

test('one wrong report in twenty is borne, and one among fewer; no more', () => {
  expect(standingOf({ right: ENOUGH - 1, wrong: 1 })).toBe('carried');
  expect(standingOf({ right: ENOUGH - 2, wrong: 2 })).toBe('below');
  expect(standingOf({ right: 3, wrong: 1 })).toBe('too few');
  expect(standingOf({ right: 3, wrong: 2 })).toBe('below');
  expect(standingOf({ right: 0, wrong: 0 })).toBe('too few');
});

describe('two rules with one kind of label', () => {
  const TIMER = 'require-timer-release';
  const TASK = 'no-untracked-background-task';
  const found = (verdict: Finding['verdict'], by: readonly string[], about?: readonly string[]): Finding => ({
    verdict,
    repo: 'some/one',
    path: 'poller.ts',
    line: 1,
    class: 'Poller',
    rule: 'R7',
    why: '',
    reports: by.map((rule) => ({ ruleId: `lifecycle/${rule}`, line: 1, message: '' })),
    ...(about === undefined ? {} : { about }),
  });
  const scoreOf = (...findings: readonly Finding[]): Score => ({ findings, negatives: { leftAlone: 0, of: 0 }, notScored: [], fatal: [] });

  test('each answers for its own reports', () => {
    const score = scoreOf(found('FP', [TIMER]), found('TP', [TASK]));
    expect(measure(TIMER, score)).toMatchObject({ right: 0, wrong: 1 });
    expect(measure(TASK, score)).toMatchObject({ right: 1, wrong: 0 });
  });

  test('a hazard that is one rule\'s is not found by the other', () => {
    const finding = found('TP', [TASK], [TIMER]);
    expect(measure(TIMER, scoreOf(finding))).toMatchObject({ found: 0, expected: 1 });
    expect(measure(TASK, scoreOf(finding))).toMatchObject({ found: 0, expected: 0 });
    expect(blamed(finding)).toEqual([TIMER]);
  });

  test('a hazard that may be either\'s is found for both', () => {
    const score = scoreOf(found('TP', [TASK]), found('FN', []));
    expect(measure(TIMER, score)).toMatchObject({ found: 1, expected: 2 });
    expect(measure(TASK, score)).toMatchObject({ found: 1, expected: 2 });
  });

  test('a literal report is neither right nor wrong', () => {
    expect(measure(TASK, scoreOf(found('literal', [TASK])))).toEqual({ right: 0, wrong: 0, found: 0, expected: 0 });
  });
});

test('fetches the commits that were judged, and nothing after them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'precision-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const source = join(folder, 'some/one');
  mkdirSync(source, { recursive: true });
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false', ...args], { cwd: source, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  git('init', '--quiet');
  const commitFile = (text: string): string => {
    writeFileSync(join(source, 'poller.ts'), text);
    git('add', '.');
    git('commit', '--quiet', '--message', text);
    return git('rev-parse', 'HEAD');
  };
  const judged = commitFile('first');
  const later = commitFile('second');
  const entry = { repo: 'some/one', commit: judged, path: 'poller.ts', line: 1, labels: {} };

  fetchCommits([entry], join(folder, 'mirrors'), `file://${folder}`);

  const mirror = join(folder, 'mirrors/some+one');
  expect(git('--git-dir', mirror, 'show', `${judged}:poller.ts`)).toBe('first');
  expect(() => git('--git-dir', mirror, 'cat-file', '-e', later)).toThrow();
  expect(() => fetchCommits([{ ...entry, repo: 'not/there' }], join(folder, 'mirrors'), `file://${folder}`)).toThrow('pass --mirror');
});
