import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { expect, test } from 'vitest';
import { rulePageOf, ruleReportsOf } from '../../codemods/rule-reports.ts';
import { rules } from '../../rules/index.ts';
import plugin from '../../rules/plugin.ts';

const SERVICES = join(import.meta.dirname, '../../fixtures/services');
const serviceNames = readdirSync(SERVICES, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

test.each(serviceNames)('%s: the words and places of ESLint', (name) => {
  const text = readFileSync(join(SERVICES, name, 'before.ts'), 'utf8');
  const config: Linter.Config[] = [{ files: ['**/*.ts'], languageOptions: { parser } }, ...plugin.configs.strict];
  const linted = new Linter().verify(text, config, `${name}.ts`).map(({ ruleId, line, column, endLine, endColumn, message }) => ({ rule: ruleId?.slice('lifecycle/'.length), line, column, endLine, endColumn, message }));
  const reports = ruleReportsOf({ fileName: `${name}.ts`, text }, rules.map((rule) => rule.name), undefined);
  const sortKey = (one: object): string => JSON.stringify(one);
  expect(reports.map(({ service: _, ...report }) => sortKey(report)).sort()).toEqual(linted.map(sortKey).sort());
});

test('names the rules that are asked for, and no others', () => {
  const text = 'export class A { async start() { if (this.x) return; this.x = await open(); } async stop() { await this.x?.close(); this.x = undefined; } }';
  const reports = ruleReportsOf({ fileName: 'a.ts', text }, ['require-async-dispose'], {});
  expect(reports).toEqual([{ rule: 'require-async-dispose', service: 'A', line: 1, column: 14, endLine: 1, endColumn: 15, message: expect.stringMatching(/^`A` has no/) as string }]);
});

test('knows the page of each rule', () => {
  expect(rulePageOf('require-timer-release')).toEqual({ description: expect.stringMatching(/^Require every timer/) as string, url: expect.stringMatching(/\/require-timer-release\.md$/) as string });
  expect(rulePageOf('require-nothing')).toBeUndefined();
});
