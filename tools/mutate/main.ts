import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { exploreText } from '../../test/explorer/explore-text.ts';
import { drivers } from '../../test/services/drivers.ts';
import type { Mutant } from './mutant.ts';
import { mutantsOf } from './mutant.ts';
import { mutators } from './mutators.ts';
import { byRule, GOAL, type Judged, recallOf, reportOf } from './report.ts';
import { specimenFiles } from './specimens.ts';
import { TypeChecker } from './type-checker.ts';

/**
 * Usage: npm run mutate [-- --update]. Takes one protection at a time away from every well-behaved fixture, and counts the rules that
 * notice. Prints Markdown, or writes docs/recall.md; exits with 1 where a rule notices less than 95 % of what it is for.
 */
const EXPLORED = { steps: 8, walks: 50 };
const root = resolve(import.meta.dirname, '../..');
const { values: options } = parseArgs({ options: { update: { type: 'boolean', default: false } } });

const types = new TypeChecker(root);
const broods = specimenFiles(root).map((file) => mutantsOf(file, mutators, types));
const mutants: Judged[] = [];
for (const mutant of broods.flatMap((brood) => brood.mutants)) mutants.push({ ...mutant, harmless: mutant.mutation.harmless ?? (await noFaultIn(mutant)) });

const invalid = broods.reduce((sum, brood) => sum + brood.invalid, 0);
const report = reportOf({ mutants, invalid, files: broods.filter((brood) => brood.mutants.length > 0).length, date: new Date().toISOString().slice(0, 10) });
if (options.update) writeFileSync(join(root, 'docs/recall.md'), report);
else console.log(report);

const short = [...byRule(mutants)].filter(([, all]) => (recallOf(all, 'strict') ?? 1) < GOAL).map(([name]) => name);
if (short.length > 0) {
  console.error(`Below ${GOAL} under strict: ${short.join(', ')}`);
  process.exitCode = 1;
}

/** Asked only of what a preset does not report and the explorer can drive. Where it runs, no process takes the number of another. */
async function noFaultIn({ file, mutation, text, noticedBy }: Mutant): Promise<string | undefined> {
  const driver = drivers.find(({ name }) => name === file.service);
  if (driver === undefined || mutation.rules[0] === 'no-stale-pid-kill' || (noticedBy.has('strict') && noticedBy.has('recommended'))) return undefined;
  try {
    const { faults } = await exploreText(driver, text, EXPLORED);
    return faults.length === 0 ? 'the explorer finds no fault' : undefined;
  } catch (error) {
    // A mutant may do something else each time. Then nothing is proved of it, and it counts.
    console.error(`${file.name}, ${mutation.what}: not explored: ${String(error)}`);
    return undefined;
  }
}
