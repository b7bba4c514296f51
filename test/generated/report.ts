import { attack, type Depth, type Verdict } from './attack.ts';
import { targets } from './targets.ts';

/** Attacks the codemods with `count` generated services, one after the other. */
export async function attackAll(count: number, seed: number, depth: Depth): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const target of targets(count, seed)) verdicts.push(await attack(target, depth));
  return verdicts;
}

export interface Tally {
  readonly generated: number;
  readonly orders: number;
  readonly edited: number;
  readonly left: number;
  /** Neither edited nor left: no rule finds anything. */
  readonly untouched: number;
  /** Of these, how many have a fault all the same; 0 where the originals were not explored. */
  readonly missed: number;
  /** How many of all were seen to be faulty before; 0 where the originals were not explored. */
  readonly faultyBefore: number;
  readonly faulty: number;
  /** Why the lock was left out, in general terms, the most frequent first. */
  readonly reasons: readonly (readonly [string, number])[];
}

/** Counts by what add-lifecycle-lock did, whatever the other codemods added. */
export function tallyOf(verdicts: readonly Verdict[]): Tally {
  const lock = 'add-lifecycle-lock';
  const edited = verdicts.filter(({ added }) => added.includes(lock));
  const left = verdicts.filter((verdict) => reasonsOf(verdict, lock).length > 0);
  const untouched = verdicts.filter((verdict) => !edited.includes(verdict) && !left.includes(verdict));
  const reasons = new Map<string, number>();
  for (const verdict of left) for (const reason of reasonsOf(verdict, lock)) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return {
    generated: verdicts.length,
    orders: verdicts.reduce((sum, { runs }) => sum + runs, 0),
    edited: edited.length,
    left: left.length,
    untouched: untouched.length,
    missed: untouched.filter(({ faults }) => faults.length > 0).length,
    faultyBefore: verdicts.filter(({ faults }) => faults.length > 0).length,
    faulty: verdicts.filter(({ bugs }) => bugs.length > 0).length,
    reasons: [...reasons].sort(([, one], [, other]) => other - one),
  };
}

function reasonsOf({ left }: Verdict, codemod: string): readonly string[] {
  return left.filter((reason) => reason.startsWith(`${codemod}: `)).map((reason) => inGeneral(reason.slice(codemod.length + 2)));
}

function inGeneral(reason: string): string {
  return reason.replaceAll(/this\.#?\w+(?:\(\))?/g, 'this.…').replaceAll(/#?\b\w+\(\)/g, '…()').replaceAll(/ over part| #?mutex\b/g, (part) => (part === ' over part' ? part : ' its lock'));
}

/** What `npm run explore` prints of it. */
export function printTally(tally: Tally, verdicts: readonly Verdict[]): string {
  const { reasons, ...counts } = tally;
  const bugs = verdicts.flatMap(({ target, bugs: found }) => found.slice(0, 1).map(({ what, scenario, schedule }) => `${target.name}\n  ${what}\n  ${scenario}: ${schedule}`));
  return [
    ...Object.entries(counts).map(([name, count]) => `${name}: ${String(count)}`),
    '',
    ...reasons.map(([reason, count]) => `${count} left: ${reason}`),
    ...(bugs.length === 0 ? [] : ['', ...bugs]),
  ].join('\n');
}
