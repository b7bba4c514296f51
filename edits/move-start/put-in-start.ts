import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../../model/ast/always-exits.ts';
import { isAwait } from '../../model/ast/is-await.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import type { Method, Service } from '../../model/service.ts';
import { insertFirst } from '../flag/insert-first.ts';
import type { Change } from '../outcome.ts';
import type { Source } from '../../model/source.ts';
import { insertAfter } from '../text/beside.ts';
import type { Obstacle } from './start-unit.ts';

/**
 * Puts lines into start: behind the tests that turn a second start away, and at the end where start awaits, since what it began before would be
 * left behind if the await failed.
 */
export function putInStart(source: Source, { lock, node, runsInPlace }: Service, { name, node: member, value }: Method, lines: readonly string[]): readonly Change[] | Obstacle {
  const { body } = value;
  if (body.type !== 'BlockStatement') return { node: member, why: `${name}() is an arrow function without a block to put it into` };
  if (lock.holds.some(({ method }) => method.node === member)) return { node: member, why: `${name}() holds a lock, and where in it this belongs cannot be told` };
  const guards = leadingGuards(body);
  const rest = body.body.slice(guards.length);
  const last = guards.at(-1);
  const waits = rest.some((statement) => someBelow(statement, isAwait, isFunction));
  const returns = rest.find((statement) => someBelow(statement, (at) => at.type === 'ReturnStatement' && (waits || at.argument !== null), isFunction));
  if (returns !== undefined) return { node: returns, why: `${name}() returns in the middle, and would not always come to it` };
  if (waits && runsInPlace !== 'no') return { node: member, why: `${name}() may only return when it is stopped` };
  const after = waits ? rest.at(-1) : last;
  return after === undefined ? insertFirst(source.text, node, body, lines) : [insertAfter(source, after, lines)];
}

/** Directives, and `if (this.running) return;`. */
export function leadingGuards({ body }: TSESTree.BlockStatement): readonly TSESTree.Statement[] {
  const isGuard = (statement: TSESTree.Statement): boolean =>
    (statement.type === 'ExpressionStatement' && statement.directive != null) ||
    (statement.type === 'IfStatement' && statement.alternate === null && /return|throw/.test(alwaysExits(statement.consequent)) && !someBelow(statement, isAwait, isFunction));
  const first = body.findIndex((statement) => !isGuard(statement));
  return first === -1 ? body : body.slice(0, first);
}
