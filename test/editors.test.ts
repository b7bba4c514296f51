import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter, type SourceCode } from 'eslint';
import { expect, test } from 'vitest';
import plugin from '../rules/plugin.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const PRESETS = ['recommended', 'all'] as const;

/**
 * Rules that speak up where they were silent, once a suggestion of another has been taken: what it shows was there before. A handle that is now in a
 * field is one that a stop between the awaits misses, and a lock tells start and stop apart, which were not looked at in a class without one.
 */
const SHOWN_BY = new Map([
  ['codemods/release-timers/handle-nobody-keeps', 'lifecycle/require-timer-release: lifecycle/require-lifecycle-lock'],
  ['codemods/add-startup-rollback/stack-ways-out', 'lifecycle/require-lifecycle-lock: lifecycle/require-startup-rollback'],
]);

/** All that stands before a mend: `before.ts`, and the files in folders of that name. */
const fixtures = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll(sep, '/'))
  .filter((path) => /(?:^|\/)before[./]/.test(path) && /(?<!\.d)\.[cm]?[jt]sx?$/.test(path));

/** Its reports are about a shutdown, which is spread over the statements of a module: a handler, its registrations, a flag. */
const OVER_STATEMENTS = 'lifecycle/require-shutdown-latch';

const linter = new Linter();
let taken = 0;

test.each(fixtures)('each suggestion in %s, taken alone', (path) => {
  const text = readFileSync(join(FIXTURES, path), 'utf8');
  const fileName = basename(path);
  for (const preset of PRESETS) {
    const reports = lint(text, fileName, preset);
    const statements = statementsOf(linter.getSourceCode());
    for (const { report, range, replacement } of reports.flatMap(offersOf)) {
      const mended = text.slice(0, range[0]) + replacement + text.slice(range[1]);
      const then = lint(mended, fileName, preset);
      taken++;
      const where = `${preset}, ${report.ruleId ?? ''}, line ${report.line}`;
      expect(then.filter(({ fatal }) => fatal), where).toEqual([]);
      expect(countOf(then, report.ruleId), `${where}: it is gone`).toBeLessThan(countOf(reports, report.ruleId));
      const louder = new Set(then.map(({ ruleId }) => ruleId).filter((rule) => countOf(then, rule) > countOf(reports, rule)));
      const pairs = [...louder].map((rule) => `${report.ruleId ?? ''}: ${rule ?? ''}`);
      expect(pairs.filter((pair) => pair !== SHOWN_BY.get(dirname(path))), `${where}: nothing new`).toEqual([]);
      if (report.ruleId === OVER_STATEMENTS) continue;
      for (const statement of statements) if (!statement.holds(report)) expect(mended, `${where}: what has no part in it stays`).toContain(statement.text);
    }
  }
});

test('there were many', () => {
  expect(taken).toBeGreaterThan(500);
});

function lint(text: string, fileName: string, preset: (typeof PRESETS)[number]): readonly Linter.LintMessage[] {
  return linter.verify(text, [{ files: ['**/*.*'], languageOptions: { parser } }, ...plugin.configs[preset]], fileName);
}

interface Offer {
  readonly report: Linter.LintMessage;
  readonly range: readonly [number, number];
  readonly replacement: string;
}

/** What an editor offers for one report: its suggestions, and its fix. */
function offersOf(report: Linter.LintMessage): readonly Offer[] {
  const fixes = [...(report.suggestions ?? []).map(({ fix }) => fix), ...(report.fix === undefined ? [] : [report.fix])];
  return fixes.map(({ range, text: replacement }) => ({ report, range, replacement }));
}

function countOf(reports: readonly Linter.LintMessage[], rule: string | null): number {
  return reports.filter(({ ruleId }) => ruleId === rule).length;
}

interface Statement {
  readonly text: string;
  readonly holds: (report: Linter.LintMessage) => boolean;
}

/** The statements of the module, without its imports. */
function statementsOf(code: SourceCode): readonly Statement[] {
  return code.ast.body
    .filter(({ type }) => type !== 'ImportDeclaration')
    .map((node) => ({
      text: code.getText(node),
      holds: ({ line }) => node.loc !== null && node.loc !== undefined && node.loc.start.line <= line && line <= node.loc.end.line,
    }));
}
