import type { TSESTree } from '@typescript-eslint/utils';
import { methodOf } from '../flow/walk.ts';
import type { RestartFacts } from './restart-facts.ts';
import type { Drain, Fact, LockFacts, Method } from '../service.ts';
import { someBelow } from '../ast/some-below.ts';
import { clearedElsewhere } from './cleared-elsewhere.ts';
import { forcesEnd, forcesEndOnError } from './forces-end.ts';
import { type Mark, marksIn } from './marks.ts';
import type { Raise, World } from './machine.ts';
import { mayFail } from './may-fail.ts';
import { allOf, type Answer, answerOf, refusesSurely } from './refusal.ts';
import { type Run, runMethod } from './run-method.ts';
import type { State, Vals } from './state.ts';
import { testsOutsideLock } from './tests-outside-lock.ts';
import { whyNotRefused } from './why-not-refused.ts';

/** A service as it runs, and what becomes of it when it is stopped. */
export interface Life {
  readonly world: World;
  readonly lock: LockFacts;
  readonly start: Method;
  readonly running: ReadonlyMap<string, Vals>;
  /** What its fields hold after a stop in which nothing went wrong; undefined where that cannot be told. */
  readonly stopped: ReadonlyMap<string, Vals> | undefined;
}

export interface Verdict {
  readonly fact: Fact;
  readonly flag: string | undefined;
  readonly gap: RestartFacts['gap'];
}

export const UNSURE: Verdict = { fact: 'unknown', flag: undefined, gap: undefined };

/** Whether start refuses after a stop in which this drain timed out. Undefined where stop does not come by it. */
export function verdictOn(life: Life, stop: Method, drain: Drain, raises: readonly Raise[]): Verdict | undefined {
  const runs = raises.map((raise) => runMethod(life.world, stop, { side: 'stop', fields: life.running, raise }));
  const ended = runs.map((run) => run.ends.filter(({ state }) => state.raised));
  if (ended.every(({ length }) => length === 0)) return undefined;
  if (runs.some(({ cut }) => cut) || ended.some(({ length }) => length === 0)) return UNSURE;
  const answer = allOf(ended.flat().map(({ state }) => answerOf(life.world, life.start, state.fields)));
  const [run] = runs;
  if (answer.answer === 'unknown' || run === undefined) return UNSURE;
  const marks = marksIn(runs, life);
  if (answer.answer === 'proceeds') {
    if (isEndedByForce(life, drain, runs)) return UNSURE;
    const gap = whyNotRefused(life, drain, runs, marks);
    return { fact: 'no', flag: gap.flag, gap };
  }
  return refused(life, stop, drain, { answer, marks, raises, runs });
}

function isEndedByForce({ world: { facts } }: Life, { node, deadline, method }: Drain, runs: readonly Run[]): boolean {
  const host = methodOf(facts, method)?.value;
  return runs.some(({ isForced }) => isForced) || someBelow(deadline?.node ?? node, forcesEnd) || (host !== undefined && forcesEndOnError(host));
}

interface Refused {
  readonly answer: Answer;
  readonly marks: readonly Mark[];
  readonly raises: readonly Raise[];
  readonly runs: readonly Run[];
}

/** Start refuses; but perhaps too late, after any error, or only until somebody takes the flag back. */
function refused(life: Life, stop: Method, drain: Drain, { answer, marks, raises, runs }: Refused): Verdict {
  const { world, start, stopped } = life;
  const flag = marks.find((mark) => decides(life, mark, runs));
  // What refuses after any stop is no mark of a timeout, and needs none.
  const isMark = flag !== undefined && stopped !== undefined && answerOf(world, start, stopped).answer === 'proceeds';
  const gap = isMark ? (lateTest(life, answer, runs) ?? setAlways(life, stop, drain, { flag, raises }) ?? clearedElsewhere(life, flag)) : undefined;
  const fields = endsOf(runs).map((state) => state.fields);
  return { fact: gap !== undefined ? 'no' : refusesSurely(world, start, fields) ? 'yes' : 'unknown', flag: flag?.field, gap };
}

/** Whether start would go ahead without the mark. */
function decides({ world, start, stopped }: Life, { field }: Mark, runs: readonly Run[]): boolean {
  const without = stopped?.get(field) ?? world.initial(field);
  return endsOf(runs).some((state) => answerOf(world, start, new Map([...state.fields, [field, without]])).answer === 'proceeds');
}

/** What is known at the ends of runs that came by the drain. */
function endsOf(runs: readonly Run[]): readonly State[] {
  return runs.flatMap(({ ends }) => ends.flatMap(({ state }) => (state.raised ? [state] : [])));
}

function lateTest({ world, start, lock }: Life, { late, tests }: Answer, runs: readonly Run[]): RestartFacts['gap'] {
  const [first] = tests;
  if (first === undefined) return undefined;
  if (late) return { kind: 'tested-late', node: first };
  const outside = testsOutsideLock(start, lock, tests);
  const [unheld] = outside;
  if (unheld === undefined) return undefined;
  const under = allOf(endsOf(runs).map(({ fields }) => answerOf(world, start, fields, new Set(outside))));
  return under.answer === 'proceeds' ? { kind: 'tested-late', node: unheld } : undefined;
}

/** Whether an error of the work itself, which thereby has ended, is taken for a timeout. */
function setAlways(life: Life, stop: Method, drain: Drain, { flag, raises }: { readonly flag: Mark; readonly raises: readonly Raise[] }): RestartFacts['gap'] {
  const { world, start, running } = life;
  const [raise] = raises;
  if (raise?.how !== 'reject' || raises.length > 1 || !mayFail(world.facts, drain.work)) return undefined;
  const run = runMethod(world, stop, { side: 'stop', fields: running, raise: { ...raise, error: 'failure' } });
  const write: TSESTree.Node | undefined = run.writes.find(({ field, raised }) => raised && field === flag.field)?.node;
  const answer = allOf(endsOf([run]).map(({ fields }) => answerOf(world, start, fields)));
  if (write === undefined || answer.answer !== 'refuses' || !decides(life, flag, [run])) return undefined;
  return { kind: 'set-always', node: write };
}
