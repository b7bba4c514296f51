import type { TSESTree } from '@typescript-eslint/utils';
import type { Method } from '../service.ts';
import type { World } from './machine.ts';
import { runMethod, type End } from './run-method.ts';
import { eitherOf, type Vals } from './state.ts';

/** What start does when its fields hold what they are given. */
export interface Answer {
  readonly answer: 'proceeds' | 'refuses' | 'unknown';
  /** Whether it refuses only after it has waited for something. */
  readonly late: boolean;
  /** The tests by which it refuses. */
  readonly tests: readonly TSESTree.Node[];
}

const UNCLEAR: Answer = { answer: 'unknown', late: false, tests: [] };

/** Whether start turns its caller away: it throws, or returns before it has begun anything. */
export function answerOf(world: World, start: Method, fields: ReadonlyMap<string, Vals>, ignored?: ReadonlySet<TSESTree.Node>): Answer {
  const { ends, cut } = runMethod(world, start, { side: 'start', fields, ...(ignored && { ignored }) });
  const answers = new Set(ends.map(answerAt));
  const [only] = answers;
  if (cut || only === undefined || answers.size > 1) return UNCLEAR;
  const tests = ends.flatMap(({ state }) => state.refusal ?? []);
  return { answer: only, late: ends.some(({ state }) => state.late), tests: only === 'refuses' ? tests : [] };
}

function answerAt({ state, how, isLast }: End): Answer['answer'] {
  if (state.unclear) return 'unknown';
  if (how === 'thrown' || !state.acted) return 'refuses';
  return isLast ? 'proceeds' : 'unknown';
}

/** The answer for each of several states in one; a refusal is one only if it does not hang on a field that something may drop in the meantime. */
export function answerForAll(world: World, start: Method, states: readonly ReadonlyMap<string, Vals>[]): Answer {
  const answer = allOf(states.map((fields) => answerOf(world, start, fields)));
  return answer.answer === 'refuses' && !refusesSurely(world, start, states) ? UNCLEAR : answer;
}

export function refusesSurely(world: World, start: Method, states: readonly ReadonlyMap<string, Vals>[]): boolean {
  const volatile = new Map(world.volatile);
  for (const [field, vals] of world.dropped) volatile.set(field, eitherOf(volatile.get(field) ?? [], vals));
  return states.every((fields) => answerOf({ ...world, volatile }, start, fields).answer === 'refuses');
}

/** All of the answers in one. */
export function allOf(answers: readonly Answer[]): Answer {
  const kinds = new Set(answers.map(({ answer }) => answer));
  const [only] = answers;
  if (only === undefined || kinds.size > 1) return UNCLEAR;
  return { answer: only.answer, late: answers.some(({ late }) => late), tests: answers.flatMap(({ tests }) => tests) };
}
