import { unwrap } from '../../model/ast/unwrap.ts';
import { calleeText } from '../../model/ast/callee-text.ts';
import { contains } from '../../model/ast/contains.ts';
import { functionAt } from '../../model/signals/function-at.ts';
import type { SignalGap, SignalHandler } from '../../model/signals/signal.ts';
import type { SignalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import type { SignalObstacle } from './guarded-functions.ts';

/** Awaits what a handler begins before it ends the process. */
export function awaitWork({ work, node }: SignalGap, { registrations }: SignalHandler, file: SignalFile, source: Source): SignalObstacle | readonly Change[] {
  const fn = registrations.map((one) => one.fn).find((one) => contains(one, node));
  const call = unwrap(work);
  const name = calleeText(call);
  const at = file.parents.get(work);
  const isVoid = at?.type === 'UnaryExpression' && at.operator === 'void';
  const statement = isVoid ? file.parents.get(at) : at;
  const isPromise = isVoid || (call.type === 'CallExpression' && functionAt(call.callee, file)?.async === true);
  if (fn === undefined || statement?.type !== 'ExpressionStatement' || file.parents.get(statement) !== fn.body || !isPromise) {
    return { node: work, why: `whether ${name} can be awaited cannot be told` };
  }
  const { type } = file.parents.get(fn) ?? fn;
  if (!fn.async && (type === 'MethodDefinition' || type === 'Property')) return { node: work, why: `the handler of ${name} is a method that is not async` };
  if (fn.returnType != null) return { node: work, why: `the handler of ${name} says what it returns, and would return a promise` };
  const [start, end] = isVoid ? [at.range[0], work.range[0]] : [work.range[0], work.range[0]];
  const async: readonly Change[] = fn.async ? [] : [{ start: fn.range[0], end: fn.range[0], text: 'async ' }];
  return source.text.slice(start, end).includes('/') ? { node: work, why: `a comment stands before ${name}` } : [...async, { start, end, text: 'await ' }];
}
