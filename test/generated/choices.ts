import type { Choice } from './play.ts';
import { numbers } from './recipe.ts';
import type { Scenario } from './scenarios.ts';

/** One caller after the other: nobody calls while there is anything to answer or to wait for. */
export const patient: Choice = (can, { isBusy }) => {
  const answer = can.findIndex((what) => /^(?:answer|fail) /.test(what));
  if (answer !== -1) return answer;
  const time = can.indexOf('time');
  if (isBusy && time !== -1) return time;
  return can.length > 0 && can[0] !== 'time' ? 0 : -1;
};

/** Between one call and the next, so many answers are given; fewer where there are none to give. -1 lets it come in the same turn. */
function staggered(gaps: readonly number[], isLastFirst: boolean): Choice {
  let index = -1;
  let given = 0;
  return (can, run) => {
    const answers = can.flatMap((what, at) => (/^(?:answer|fail) /.test(what) ? [at] : []));
    const gap = index === -1 ? 0 : (gaps[index] ?? 0);
    const isNext = can[0] !== undefined && can[0] !== 'time' && answers[0] !== 0;
    if (isNext && (given >= gap || answers.length === 0)) {
      index++;
      given = 0;
      return can[1]?.startsWith('now ') === true && (gaps[index] ?? 0) < 0 ? 1 : 0;
    }
    given++;
    return answers.length > 0 ? ((isLastFirst ? answers.at(-1) : answers[0]) ?? -1) : patient(can, run);
  };
}

/** Anything that can happen, by chance of this seed; time rarely, where there is something else. */
function random(seed: number): Choice {
  const next = numbers(seed);
  return (can, run) => {
    const others = can.length - (can.includes('time') ? 1 : 0);
    if (others === 0 || next(12) === 0) return patient(can, run);
    return next(others);
  };
}

/** What happened in another run, as far as it can happen here; then one after the other. */
export function repeated(schedule: readonly string[]): Choice {
  const left = [...schedule];
  return (can, run) => {
    while (left.length > 0) {
      const at = can.indexOf(left.shift() ?? '');
      if (at !== -1) return at;
    }
    return patient(can, run);
  };
}

/**
 * `count` ways to play a scenario. Where a call hangs, nobody calls in the very turn of another: an abort that comes before the lock
 * finds nothing to abort until start has got the lock.
 */
export function choicesFor({ ops, hangs }: Scenario, count: number, seed: number): readonly (() => Choice)[] {
  const next = numbers(seed);
  return Array.from({ length: count }, (_, index) => {
    const gaps = Array.from({ length: ops.length - 1 }, () => Math.max(next(8) - 1, hangs === undefined ? -1 : 0));
    const isLastFirst = next(3) === 0;
    const from = next(1_000_000);
    return () => (index % 4 === 3 && hangs === undefined ? random(from) : staggered(gaps, isLastFirst));
  });
}
