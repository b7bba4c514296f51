import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { createTwoFilesPatch } from 'diff';
import { rules } from '../../rules/index.ts';
import { examine, type Examination } from './examine.ts';
import { scoreLabels } from './labels.ts';
import { readOptions, type Options } from './options.ts';
import { CACHE, fetchPackages } from './packages.ts';
import { tables, type PackageRun } from './tables.ts';

const SNAPSHOT = join(import.meta.dirname, 'snapshot.md');
const PREAMBLE = '<!-- Written by `npm run real-code -- --update`: what the rules and codemods make of published packages. -->\n';

async function main(): Promise<void> {
  const options = readOptions();
  if (options.mode === 'labels') {
    await scoreLabels(options);
    return;
  }
  const runs = fetchPackages(options.packages).map(({ name, folder, files, dependencies }) => ({
    name,
    files: files.map((file) => examine(join(folder, file), dependencies)),
  }));
  const files = runs.flatMap((run) => run.files);
  if (options.mode === 'list') print(files.flatMap((file) => listReports(file, options.rules)));
  else if (options.mode === 'leftovers') print(files.flatMap((file) => listLeftovers(file)));
  else if (options.mode === 'diff') print(files.flatMap((file) => listDiff(file)));
  else check(runs, options);
}

function check(runs: readonly PackageRun[], { update, packages }: Options): void {
  const text = `${PREAMBLE}\n${tables(runs, rules.map(({ name }) => name))}`;
  print([text]);
  const problems = runs.flatMap(({ files }) => files.flatMap((file) => file.problems.map(({ kind, detail }) => `${kind}: ${shown(detail)}`)));
  if (problems.length > 0) fail(`${problems.length} problems:\n${problems.join('\n')}`);
  if (packages !== undefined) return;
  if (update) writeFileSync(SNAPSHOT, text);
  else compareWithSnapshot(text);
}

function compareWithSnapshot(text: string): void {
  const kept = existsSync(SNAPSHOT) ? readFileSync(SNAPSHOT, 'utf8') : '';
  if (kept === text) return;
  fail(`the counts are not those of the snapshot; if they should be, run with --update\n${createTwoFilesPatch('snapshot', 'now', kept, text)}`);
}

function listReports({ path, reports }: Examination, rules: readonly string[]): string[] {
  return reports
    .filter(({ rule }) => rules.length === 0 || rules.includes(rule))
    .map(({ rule, line, column, message }) => `${shown(path)}:${line}:${column} ${rule} ${message}`);
}

function listLeftovers({ path, result }: Examination): string[] {
  return (result?.services ?? []).flatMap(({ service, left }) =>
    left.map(({ codemod, line, column, why }) => `${shown(path)}:${line}:${column} ${codemod} ${service}: ${why}`),
  );
}

function listDiff({ path, before, result }: Examination): string[] {
  return result === undefined || result.text === before ? [] : [createTwoFilesPatch(shown(path), shown(path), before, result.text)];
}

/** Paths below the cache are shown from the package on. */
function shown(text: string): string {
  return text.startsWith(CACHE) ? relative(CACHE, text) : text.replaceAll(`${CACHE}/`, '');
}

function print(parts: readonly string[]): void {
  process.stdout.write(`${parts.join('\n')}\n`);
}

function fail(message: string): void {
  process.stderr.write(`real-code: ${message}\n`);
  process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
