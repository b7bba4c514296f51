import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import type { ClassFacts } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import type { DeadlineCall } from './deadline-call.ts';
import { isSurelyPromise } from './is-surely-promise.ts';

/** Puts what is waited for inside the deadline: `await work` becomes `await pTimeout(work, …)`. The work keeps its bytes. */
export function boundDrain({ text }: Source, facts: ClassFacts, work: TSESTree.Expression, call: DeadlineCall, limit: string): readonly Change[] {
  const [start, end] = withParentheses(text, work);
  const [open, close] = wrapperOf(work, facts, call);
  const before = call.before + open;
  const after = call.after(limit);
  const isParenthesised = start < work.range[0] && before.endsWith('(') && after.endsWith(')') && work.type !== 'SequenceExpression';
  if (!isParenthesised) return insertRound(start, before, end, close + after);
  // The parentheses that are there become those of the call.
  return close === ')' ? insertRound(start, before.slice(0, -1), end, after) : insertRound(start, before.slice(0, -1), end - 1, after.slice(0, -1));
}

function insertRound(start: number, before: string, end: number, after: string): readonly Change[] {
  return [
    { start, end: start, text: before },
    { start: end, end, text: after },
  ];
}

function wrapperOf(work: TSESTree.Expression, facts: ClassFacts, { takes }: DeadlineCall): readonly [string, string] {
  const isPromise = isSurelyPromise(work, facts);
  if (takes === 'value' || (takes === 'promise' && isPromise)) return ['', ''];
  const awaits = someBelow(work, ({ type }) => type === 'AwaitExpression', isFunction);
  if (takes === 'thunk' && awaits) return ['async () => ', ''];
  const thunk = takes === 'thunk' ? '() => ' : '';
  return isPromise ? [thunk, ''] : [`${thunk}Promise.resolve(`, ')'];
}

/** An expression with the parentheses that it stands in, which it may need: `(a, b)`, and `({}).then` after an arrow. */
function withParentheses(text: string, { range: [from, to] }: TSESTree.Node): readonly [number, number] {
  let [start, end] = [from, to];
  for (;;) {
    const before = /\(\s*$/.exec(text.slice(0, start));
    const after = /^\s*\)/.exec(text.slice(end));
    if (before === null || after === null || !/\b(?:await|return)\s*\(*\s*$/.test(text.slice(0, before.index + 1))) return [start, end];
    start = before.index;
    end += after[0].length;
  }
}
