import { readFileSync } from 'node:fs';
import type { CodemodOptions, CodemodResult } from '../../codemods/codemod.ts';
import { UnparsableError } from '../../codemods/codemod.ts';
import { codemods } from '../../codemods/index.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { lint, ParseFailure, type Report, type SourceFile } from './lint.ts';
import { readWithOxc, type Finding, type Reading } from './oxc.ts';

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

type Variant = Pick<CodemodOptions, 'lock' | 'style'>;

/** The ways the codemods can be asked to work. The first is the default, the one that is counted; the others are only checked. */
const VARIANTS: readonly Variant[] = [{}, { style: 'wrap' }, { style: 'delegate' }, { style: 'using' }, { lock: 'inline' }];

/** Lints a file, transforms it in every way there is, and checks what comes out. */
export function examine(path: string, packages: readonly string[]): Examination {
  const file: SourceFile = { path, text: readFileSync(path, 'utf8') };
  const problems: Problem[] = [];
  const nothing = { path, unparsable: undefined, services: 0, reports: [], before: file.text, result: undefined, problems };
  try {
    const { reports, reading } = read(file, problems);
    const results = VARIANTS.map((variant) => transform(file, reading, { packages, ...variant }, problems));
    return { ...nothing, services: reading.services.length, reports, result: results[0] };
  } catch (error) {
    if (error instanceof ParseFailure) return { ...nothing, unparsable: error.message };
    problems.push({ kind: 'crash', detail: stackOf(error) });
    return nothing;
  }
}

/** Reads a file with both parsers, which must agree. */
function read(file: SourceFile, problems: Problem[]): { reports: Report[]; reading: Reading } {
  const reports = lint(file);
  const reading = readWithOxc(file);
  const inEslint = new Set(reports.map(textOf));
  const withOxc = new Set(reading.findings.map(textOf));
  const disagree = (text: string): void => void problems.push({ kind: 'parsers disagree', detail: `${file.path}:${text}` });
  for (const text of inEslint) if (!withOxc.has(text)) disagree(`${text} (only in ESLint)`);
  for (const text of withOxc) if (!inEslint.has(text)) disagree(`${text} (only with oxc-parser)`);
  return { reports, reading };
}

function textOf({ rule, line, column, message }: Report): string {
  return `${line}:${column} ${rule}: ${message}`;
}

function transform(file: SourceFile, before: Reading, options: CodemodOptions, problems: Problem[]): CodemodResult | undefined {
  const { path, text } = file;
  const run = (input: string): CodemodResult => runCodemods(codemods, { fileName: path, text: input }, options);
  const found: Problem[] = [];
  let result: CodemodResult | undefined;
  try {
    result = run(text);
    if (result.text !== text) {
      const after = read({ path, text: result.text }, found);
      found.push(...compare(path, before.findings, after.reading.findings, result));
      if (run(result.text).text !== result.text) found.push({ kind: 'second run changes', detail: path });
    }
  } catch (error) {
    const unparsable = result !== undefined && (error instanceof ParseFailure || error instanceof UnparsableError);
    found.push(unparsable ? { kind: 'output does not parse', detail: `${path}: ${error.message}` } : { kind: 'crash', detail: stackOf(error) });
  }
  const asked = [options.style, options.lock].filter((choice) => choice !== undefined).map((choice) => ` (${choice})`);
  problems.push(...found.map(({ kind, detail }) => ({ kind, detail: `${detail}${asked.join('')}` })));
  return result;
}

/** Compares by rule and class, as an edit moves lines about. */
function compare(path: string, before: readonly Finding[], after: readonly Finding[], { services }: CodemodResult): Problem[] {
  const mended = new Set(services.flatMap(({ service, added }) => added.flatMap(({ codemod }) => mendsOf(codemod).map((rule) => `${rule} ${service}`))));
  const countBefore = countKeys(before);
  const countAfter = countKeys(after);
  return after.flatMap((finding): Problem[] => {
    const key = keyOf(finding);
    const detail = `${path}:${textOf(finding)}`;
    if (mended.has(key)) return [{ kind: 'report remains', detail }];
    return (countAfter.get(key) ?? 0) > (countBefore.get(key) ?? 0) ? [{ kind: 'new report', detail }] : [];
  });
}

function keyOf({ rule, service }: Finding): string {
  return `${rule} ${service}`;
}

function countKeys(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  return counts;
}

function mendsOf(name: string): readonly string[] {
  return codemods.find((codemod) => codemod.name === name)?.mends ?? [];
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
