import type { World } from '../restart/machine.ts';
import { type Answer, answerOf } from '../restart/refusal.ts';
import { runMethod, type Run } from '../restart/run-method.ts';
import type { Val, Vals } from '../restart/state.ts';
import type { Method } from '../service.ts';

export type Fields = ReadonlyMap<string, Vals>;

/** Runs a method, with a trace, from what its fields hold. */
export type RunFrom = (method: Method, side: 'start' | 'stop', fields: Fields) => Run;

/** What start does when its fields hold what they are given. */
export type AnswerFrom = (start: Method, fields: Fields) => Answer;

/** Both, once for each of the things that the fields can hold: most failures find the same. */
export function memoRuns(world: World): { readonly runFrom: RunFrom; readonly answerFrom: AnswerFrom } {
  const runs = new Map<string, Run>();
  const answers = new Map<string, Answer>();
  return {
    runFrom: (method, side, fields) => memo(runs, `${side} ${method.name} ${textOf(fields)}`, () => runMethod(world, method, { side, fields, isTraced: true })),
    answerFrom: (start, fields) => memo(answers, `${start.name} ${textOf(fields)}`, () => answerOf(world, start, fields)),
  };
}

function memo<T>(known: Map<string, T>, key: string, make: () => T): T {
  const made = known.get(key) ?? make();
  known.set(key, made);
  return made;
}

function textOf(fields: Fields): string {
  return [...fields].map(([field, vals]) => `${field}:${vals.map(textOfVal).join('|')}`).join();
}

function textOfVal(val: Val): string {
  switch (val.kind) {
    case 'constant':
      return `constant ${val.key}`;
    case 'function':
      return `function ${val.node.range[0]}`;
    case 'other':
      return `other ${val.free}`;
    case 'promise':
      return `promise ${val.rejects}`;
    default:
      return val.kind;
  }
}
