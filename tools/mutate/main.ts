import { join, resolve } from 'node:path';
import { applyChanges } from '../../codemods/apply-changes.ts';
import { lineOf } from '../../model/line-of.ts';
import { exploreText } from '../../test/explorer/explore-text.ts';
import { drivers } from '../../test/services/drivers.ts';
import { markdownTable } from '../markdown-table.ts';
import { newReports, parseWhole } from './judge.ts';
import { type Mutation, specimenOf } from './mutation.ts';
import { mutators } from './mutators.ts';
import { type SpecimenFile, specimenFiles } from './specimens.ts';
import { TypeChecker } from './type-checker.ts';

/**
 * Usage: npm run mutate. Takes one protection at a time away from every well-behaved fixture, and counts the rules that notice. Prints
 * Markdown; exits with 1 where a rule notices less than 95 % of what it is for.
 */
interface Mutant {
  readonly file: SpecimenFile;
  readonly mutation: Mutation;
  readonly line: number;
  readonly text: string;
  readonly strict: boolean;
  readonly recommended: boolean;
  /** Whether the explorer finds no fault in it; undefined where it was not asked, or cannot drive the class. */
  harmless?: boolean | undefined;
}

const GOAL = 0.95;
const root = resolve(import.meta.dirname, '../..');
const types = new TypeChecker(root);
let invalid = 0;

const mutants: Mutant[] = [];
for (const file of specimenFiles(root)) mutants.push(...mutantsOf(file));
for (const mutant of mutants) if (!mutant.recommended) mutant.harmless = await isHarmless(mutant);

const names = [...new Set(mutants.map(({ mutation }) => mutation.rules[0]))].sort();
const byRule = new Map(names.map((name) => [name, mutants.filter(({ mutation }) => mutation.rules[0] === name)]));
console.log(`${mutants.length} mutants of ${specimenFiles(root).length} fixtures; ${invalid} more did not parse or type-check, and do not count.\n`);
console.log(
  markdownTable([
    ['rule', 'mutants', 'strict', 'harmless of the rest', 'recommended', 'harmless of the rest'],
    ...names.map((name) => {
      const all = byRule.get(name) ?? [];
      return [`\`${name}\``, String(all.length), shareOf(all, 'strict'), harmlessOf(all, 'strict'), shareOf(all, 'recommended'), harmlessOf(all, 'recommended')];
    }),
  ]),
);
for (const preset of ['strict', 'recommended'] as const) {
  const missed = mutants.filter((mutant) => !mutant[preset]);
  console.log(`\n${missed.length} that \`${preset}\` does not report:\n`);
  console.log(markdownTable([['fixture', 'line', 'what', 'rule', 'explorer'], ...missed.map(rowOf)]));
}
const short = names.filter((name) => noticed(byRule.get(name) ?? [], 'strict') < GOAL);
if (short.length > 0) {
  console.error(`Below ${GOAL} under strict: ${short.join(', ')}`);
  process.exitCode = 1;
}

function mutantsOf(file: SpecimenFile): readonly Mutant[] {
  const source = parseWhole(file.path, file.text);
  if (source === undefined) throw new Error(`${file.path} does not parse`);
  const specimen = specimenOf(source);
  return mutators.flatMap((mutate) => mutate(specimen)).flatMap((mutation) => {
    const text = applyChanges(file.text, mutation.changes);
    const mutant = parseWhole(file.path, text);
    if (mutant === undefined || !types.isSound(file.path, file.text, text)) {
      invalid++;
      return [];
    }
    const [strict, recommended] = (['strict', 'recommended'] as const).map((preset) => mutation.rules.some((rule) => newReports(source, mutant, preset).has(rule)));
    return [{ file, mutation, line: lineOf(source, mutation.node), text, strict: strict === true, recommended: recommended === true }];
  });
}

async function isHarmless({ file, text }: Mutant): Promise<boolean | undefined> {
  const driver = drivers.find(({ name }) => name === file.service);
  if (driver === undefined) return undefined;
  const { faults } = await exploreText(driver, text, { steps: 8 });
  return faults.length === 0;
}

function noticed(all: readonly Mutant[], preset: 'recommended' | 'strict'): number {
  const counted = all.filter((mutant) => mutant[preset] || mutant.harmless !== true);
  return counted.length === 0 ? 1 : counted.filter((mutant) => mutant[preset]).length / counted.length;
}

function shareOf(all: readonly Mutant[], preset: 'recommended' | 'strict'): string {
  return `${all.filter((mutant) => mutant[preset]).length} (${Math.round(noticed(all, preset) * 100)} %)`;
}

function harmlessOf(all: readonly Mutant[], preset: 'recommended' | 'strict'): string {
  return String(all.filter((mutant) => !mutant[preset] && mutant.harmless === true).length);
}

function rowOf({ file, line, mutation, harmless }: Mutant): readonly string[] {
  const seen = harmless === undefined ? 'cannot drive it' : harmless ? 'no fault' : 'shows a fault';
  return [join(file.name), String(line), mutation.what, `\`${mutation.rules[0]}\``, seen];
}
