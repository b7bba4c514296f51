import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import callsites from '../../tools/real-code/callsites.json' with { type: 'json' };
import labels from '../../tools/real-code/labels.json' with { type: 'json' };
import repos from '../../tools/real-code/repos.json' with { type: 'json' };

const SCORE = join(import.meta.dirname, '../../tools/real-code/score.mjs');
const POLLER = 'class Poller {\n  start() {}\n  stop() {}\n}\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'score-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Scores a run on one class whose missing lock is a hazard and whose missing dispose is one by the letter. */
function score(reported: readonly string[], ...options: string[]): { tp: number; fp: number; fn: number } {
  const label = { applies: true, violates: true, why: '', lines: ['2'] };
  const entry = { repo: 'some/one', commit: 'abc', path: 'poller.ts', class: 'Poller', line: 1, kind: 'service' };
  const labelled = { ...entry, labels: { R1: { ...label, severity: 'hazard' }, R6: { ...label, severity: 'literal' }, R9: { ...label, severity: 'hazard' } } };
  const messages = reported.map((rule) => ({ ruleId: `lifecycle/${rule}`, line: 2, message: '' }));
  const source = join(folder, 'some+one/poller.ts');
  mkdirSync(join(folder, 'some+one'));
  writeFileSync(source, POLLER);
  writeFileSync(join(folder, 'labels.json'), JSON.stringify([labelled]));
  writeFileSync(join(folder, 'results.json'), JSON.stringify([{ filePath: source, messages }]));
  const files = ['labels', 'results'].flatMap((name) => [`--${name}`, join(folder, `${name}.json`)]);
  execFileSync(process.execPath, [SCORE, ...files, '--sources', folder, '--json', join(folder, 'score.json'), ...options], { stdio: 'ignore' });
  return readTotal();
}

function readTotal(): { tp: number; fp: number; fn: number } {
  const { total } = JSON.parse(readFileSync(join(folder, 'score.json'), 'utf8')) as { total: { tp: number; fp: number; fn: number } };
  return { tp: total.tp, fp: total.fp, fn: total.fn };
}

test('a hazard that is reported is a hit, one that is not is a miss', () => {
  expect(score(['require-lifecycle-lock'])).toEqual({ tp: 1, fp: 0, fn: 1 });
});

test('labels of rules that do not exist yet are left out', () => {
  expect(score(['require-lifecycle-lock'], '--rules', 'require-lifecycle-lock')).toEqual({ tp: 1, fp: 0, fn: 0 });
});

test('strict is to report what is missing by the letter', () => {
  expect(score(['require-lifecycle-lock'], '--preset', 'strict', '--rules', 'require-lifecycle-lock,require-async-dispose')).toEqual({ tp: 1, fp: 0, fn: 1 });
});

test('every label names a repository at its listed commit', () => {
  const commits = new Map(repos.map(({ repo, commit }) => [repo, commit]));
  expect([...labels, ...callsites].filter(({ repo, commit }) => commits.get(repo) !== commit)).toEqual([]);
});
