import { readFileSync } from 'node:fs';
import type { CodemodOptions, CodemodResult } from '../../codemods/codemod.ts';
import { UnparsableError } from '../../codemods/codemod.ts';
import { codemods } from '../../codemods/index.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { lint, ParseFailure, type Report, type SourceFile } from './lint.ts';
import { readWithOxc, type ServiceSpan } from './oxc.ts';

/** What must not happen, in the order of the table. */
export const PROBLEMS = [
  'crash',
  'output does not parse',
  'second run changes',
  'report remains',
  'new report',
  'parsers disagree',
] as const;

export interface Problem {
  readonly kind: (typeof PROBLEMS)[number];
  readonly detail: string;
}

/** Everything there is to know of one file. */
export interface Examination {
  readonly path: string;
  /** Why the file itself does not parse; nothing else is known of it then. */
  readonly unparsable: string | undefined;
  readonly services: number;
  readonly reports: readonly Report[];
  readonly before: string;
  /** What the codemods make of it with their defaults. */
  readonly result: CodemodResult | undefined;
  readonly problems: readonly Problem[];
}

/** The ways the codemods can be asked to work. The first is the default, the one that is counted; the others are only checked. */
const VARIANTS: readonly Pick<CodemodOptions, 'lock' | 'style'>[] = [{}, { style: 'wrap' }, { style: 'delegate' }, { style: 'using' }, { lock: 'inline' }];

/** Lints a file, transforms it in every way there is, and checks what comes out. */
export function examine(path: string, packages: readonly string[]): Examination {
  const file: SourceFile = { path, text: readFileSync(path, 'utf8') };
  const nothing = { path, unparsable: undefined, services: 0, reports: [], before: file.text, result: undefined };
  let reports: Report[];
  let seen: ReturnType<typeof readWithOxc>;
  try {
    reports = lint(file);
    seen = readWithOxc(file);
  } catch (error) {
    if (error instanceof ParseFailure) return { ...nothing, unparsable: error.message, problems: [] };
    return { ...nothing, problems: [crash(error)] };
  }
  const problems = compareParsers(reports, seen.reports);
  const before = { file, reports, services: seen.services };
  const results = VARIANTS.map((variant) => transform(before, { packages, ...variant }, problems));
  return { ...nothing, services: seen.services.length, reports, result: results[0], problems };
}

interface Linted {
  readonly file: SourceFile;
  readonly reports: readonly Report[];
  readonly services: readonly ServiceSpan[];
}

function transform(before: Linted, options: CodemodOptions, problems: Problem[]): CodemodResult | undefined {
  const { path, text } = before.file;
  const variant = Object.entries(options).flatMap(([key, value]) => (typeof value === 'string' ? [`${key} ${value}: `] : []));
  const report = (kind: Problem['kind'], detail: string): void => void problems.push({ kind, detail: `${variant.join('')}${detail}` });
  let result: CodemodResult;
  try {
    result = runCodemods(codemods, { fileName: path, text }, options);
  } catch (error) {
    report('crash', crash(error).detail);
    return undefined;
  }
  if (result.text === text) return result;
  const file = { path, text: result.text };
  try {
    const again = runCodemods(codemods, { fileName: path, text: file.text }, options);
    if (again.text !== file.text) report('second run changes', path);
    const after = { file, reports: lint(file), services: readWithOxc(file).services };
    compareReports(before, after, result, report);
  } catch (error) {
    const unparsable = error instanceof ParseFailure || error instanceof UnparsableError;
    report(unparsable ? 'output does not parse' : 'crash', unparsable ? `${path}: ${error.message}` : crash(error).detail);
  }
  return result;
}

/** Compares by rule and service, as an edit moves lines about. */
function compareReports(before: Linted, after: Linted, { services }: CodemodResult, report: (kind: Problem['kind'], detail: string) => void): void {
  const mended = new Set<string>();
  for (const { service, added } of services) {
    for (const { codemod } of added) {
      for (const rule of codemods.find(({ name }) => name === codemod)?.mends ?? []) mended.add(`${rule} in ${service}`);
    }
  }
  const counted = countByService(before);
  for (const [key, { count, first }] of countByService(after)) {
    const where = `${after.file.path}:${first.line} ${key}: ${first.message}`;
    if (mended.has(key)) report('report remains', where);
    else if (count > (counted.get(key)?.count ?? 0)) report('new report', where);
  }
}

function countByService({ reports, services }: Linted): Map<string, { count: number; first: Report }> {
  const counts = new Map<string, { count: number; first: Report }>();
  for (const report of reports) {
    const around = services.filter(({ from, to }) => from <= report.line && report.line <= to).sort((a, b) => a.to - a.from - (b.to - b.from));
    const key = `${report.rule} in ${around[0]?.name ?? 'no service'}`;
    counts.set(key, { count: (counts.get(key)?.count ?? 0) + 1, first: counts.get(key)?.first ?? report });
  }
  return counts;
}

function compareParsers(inEslint: readonly Report[], withOxc: readonly Report[]): Problem[] {
  const text = ({ rule, line, column, message }: Report): string => `${line}:${column} ${rule}: ${message}`;
  const eslintTexts = new Set(inEslint.map(text));
  const oxcTexts = new Set(withOxc.map(text));
  const details = [
    ...[...eslintTexts].filter((one) => !oxcTexts.has(one)).map((detail) => `only in ESLint: ${detail}`),
    ...[...oxcTexts].filter((one) => !eslintTexts.has(one)).map((detail) => `only with oxc-parser: ${detail}`),
  ];
  return details.map((detail) => ({ kind: 'parsers disagree', detail }));
}

function crash(error: unknown): Problem {
  return { kind: 'crash', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
