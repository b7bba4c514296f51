import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { ENOUGH, standingOf } from '../../tools/precision/bar.ts';
import { drawnDisagreements } from '../../tools/precision/drawn-disagreements.ts';
import { drawnTable, readDrawn } from '../../tools/precision/drawn-table.ts';
import { compareDrawn, NONE } from '../../tools/precision/drawn.ts';
import { fetchCommits } from '../../tools/precision/fetch-commits.ts';
import { labelTable } from '../../tools/precision/label-table.ts';
import { entries, labelCounts } from '../../tools/precision/labels.ts';
import { blamed, type Finding, measure, type Score } from '../../tools/precision/measure.ts';
import { belowBar } from '../../tools/precision/page.ts';
import { readRows } from '../../tools/precision/read-rows.ts';
import { type JudgedReport, judgedReports, searched, type Verdict } from '../../tools/precision/reports.ts';
import { judgedOf } from '../../tools/precision/row.ts';
import { withFigures } from '../../tools/precision/rule-page.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const names = rules.map(({ name }) => name);
const page = read('docs/precision.md');
const rows = readRows(page, names);
const recommended = new Set(rules.filter(({ meta }) => meta.docs.presets.recommended !== undefined).map(({ name }) => name));

/** What is out of step is mended by `npm run precision`. */
describe('docs/precision.md', () => {
  test('has the labels that there are, and the commits they were judged at', () => {
    expect(page).toContain(labelTable(names));
    for (const { repo, commit } of [...entries, ...judgedReports]) expect(page).toContain(`https://github.com/${repo}/tree/${commit}`);
  });

  test.each(rows)('expects of recommended the hazards of $rule, and of strict also what is missing by the letter', ({ rule, measures }) => {
    const { hazard, literal } = labelCounts(rule);
    expect(measures.recommended.expected).toBe(hazard);
    expect(measures.strict.expected).toBe(hazard + literal);
  });

  test('has no rule of recommended below the bar', () => {
    expect(recommended.size).toBeGreaterThan(0);
    expect(belowBar(rows, recommended)).toEqual([]);
  });
});

/** What is out of step is mended by `npm run precision`, but for the labels themselves. */
describe('the drawn reports', () => {
  const keyOf = ({ repo, path, line, rule }: JudgedReport): string => `${repo} ${path}:${line} ${rule}`;

  test('are on the page, each once, from repositories and at commits that were searched', () => {
    expect(new Set(judgedReports.map(keyOf)).size).toBe(judgedReports.length);
    const commits = new Map([...searched.repositories, ...searched.sought.repositories].map(({ repo, commit }) => [repo, commit]));
    for (const { repo, commit } of judgedReports) expect(commits.get(repo)).toBe(commit);
    expect(page).toContain(drawnTable(rows));
  });

  test.each(names)('of %s are as many as the page says, and not more than there were', (rule) => {
    const drawn = judgedReports.filter((report) => report.rule === rule);
    const count = (verdict: Verdict): number => drawn.filter((report) => report.verdict === verdict).length;
    const { right, literal, wrong } = rows.find((row) => row.rule === rule)?.drawn ?? NONE;
    expect({ right, literal, wrong }).toEqual({ right: count('right'), literal: count('literal'), wrong: count('wrong') });
    expect(drawn.length).toBeLessThanOrEqual((searched.reports[rule] ?? searched.sought.reports[rule])?.reports ?? 0);
  });

  test('come from no labelled file, as they would count twice', () => {
    const labelled = new Set(entries.map(({ repo, path }) => `${repo} ${path}`));
    expect(judgedReports.filter(({ repo, path }) => labelled.has(`${repo} ${path}`))).toEqual([]);
  });
});

describe('a drawn report', () => {
  const RULE = 'some-rule';
  const at = (line: number, verdict: Verdict): JudgedReport => ({ repo: 'some/one', commit: 'c', path: 'poller.ts', line, rule: RULE, message: 'm', draw: 1, verdict, why: 'because' });
  const judged = [at(1, 'right'), at(2, 'right'), at(3, 'literal'), at(4, 'wrong'), at(5, 'wrong')];
  const made = (line: number, path = 'poller.ts', rule = RULE): { repo: string; path: string; line: number; rule: string } => ({ repo: 'some/one', path, line, rule });

  test('that is made no more is mended, lost or spared, and a new one beside it is not judged', () => {
    const now = [made(1), made(5), made(9), made(9, 'other.ts'), made(9, 'poller.ts', 'other-rule')];
    expect(compareDrawn(RULE, judged, now)).toEqual({ right: 2, literal: 1, wrong: 2, mended: 1, lost: 1, spared: 1, unjudged: 1 });
  });

  test('counts with the labels, as it is today', () => {
    const measures = { recommended: { right: 10, wrong: 1, found: 0, expected: 0 }, strict: { right: 0, wrong: 0, found: 0, expected: 0 } };
    expect(judgedOf({ measures, drawn: compareDrawn(RULE, judged, [made(1), made(5)]) })).toEqual({ right: 11, wrong: 2 });
  });

  test('is read back from the page as it was written', () => {
    const drawn = { right: 7, literal: 6, wrong: 5, mended: 4, lost: 3, spared: 2, unjudged: 1 };
    const [first] = rows;
    if (first === undefined) throw new Error('no rows');
    expect(readDrawn(`# page\n\n## Reports drawn at random\n\n${drawnTable([{ ...first, drawn }])}\n\n## Else\n`, first.rule)).toEqual(drawn);
  });

  test('that is wrong and still made is named', () => {
    const still = judgedReports.filter(({ verdict }) => verdict === 'wrong');
    const [, named] = drawnDisagreements(still);
    for (const { repo, commit, path, line } of still) expect(named).toContain(`https://github.com/${repo}/blob/${commit}/${path}#L${line}`);
    expect(drawnDisagreements([])).toEqual(['### Drawn reports that are wrong', 'None is made any more.', '### Drawn reports by the letter', 'None is made any more.']);
  });
});

describe.each(rows)('the page of $rule', (row) => {
  const rulePage = read(`docs/rules/${row.rule}.md`);

  test('shows its figures', () => {
    expect(withFigures(rulePage, row, recommended.has(row.rule))).toBe(rulePage);
  });

  test('names a public bug, if any', () => {
    const [, section] = rulePage.split('\n## Seen in the wild\n');
    if (section !== undefined) expect(section.split('\n## ')[0]).toMatch(/\]\(https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/(?:commit|issues|pull)\/\w+\)/);
  });
});

test('a rule below the bar is named if it is in recommended', () => {
  const measures = { recommended: { right: 3, wrong: 2, found: 3, expected: 3 }, strict: { right: 5, wrong: 0, found: 5, expected: 5 } };
  const row = { rule: 'some-rule', measures, drawn: NONE };
  expect(belowBar([row], new Set(['some-rule']))).toEqual(['some-rule']);
  expect(belowBar([row], new Set())).toEqual([]);
  expect(belowBar([{ ...row, drawn: { ...NONE, right: 40 } }], new Set(['some-rule']))).toEqual([]);
});

test('a page without markers is refused', () => {
  const [row] = rows;
  if (row === undefined) throw new Error('no rows');
  expect(() => withFigures('# a page\n', row, true)).toThrow('lacks <!-- begin precision -->');
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
