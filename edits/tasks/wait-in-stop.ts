import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { constantKey } from '../../model/ast/constant-key.ts';
import { contains } from '../../model/ast/contains.ts';
import { isAwait } from '../../model/ast/is-await.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { isLogging } from '../../model/ast/is-logging.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { isReleaseName } from '../../model/teardown/release-verbs.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { declaredNames } from '../declared-names.ts';
import { helpersOf } from '../helpers-of.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Change } from '../outcome.ts';
import type { Room } from '../stop-rooms.ts';
import { functionOn, pathTo } from '../teardown/path-to.ts';
import { eolAt } from '../text/eol-at.ts';
import { indentAt } from '../text/indent-at.ts';
import { indentUnit } from '../text/indent-unit.ts';
import { leadingStart } from '../text/leading-start.ts';
import { reindent } from '../text/reindent.ts';
import { startsLine } from '../text/starts-line.ts';
import { trailingEnd } from '../text/trailing-end.ts';
import type { DrainLines } from './drain-lines.ts';
import { onCondition } from './on-condition.ts';

/** Waits in stop, after it has given the signs that the work waits for, and runs what is before and after it although one of them fails. */
export function waitInStop(service: Service, source: Source, room: Room, signs: ReadonlySet<TSESTree.Node>, lines: DrainLines): Obstacle | readonly Change[] {
  const { block, method, statements } = room;
  const leave = (node: TSESTree.Node, why: string): Obstacle => ({ node, why: `${method.name}() ${why}` });
  const fn = functionOn(pathTo(service.node, block));
  const isAsync = (isFunction(block) ? block : fn)?.async === true;
  if (!isAsync) return leave(method.node, 'is not async, so that nobody waits for it; make it async first');
  const condition = onCondition(room, signs);
  if (condition !== undefined) return leave(condition, `tells the task to end only on the condition at line ${String(lineOf(source, condition))}`);
  const { text } = source;
  const at = placeOf(service, room, signs);
  const [head, tail] = [statements.slice(0, at), statements.slice(at)];
  const returned = [...head, ...tail].find((one) => someBelow(one, (node) => node.type === 'ReturnStatement' && node.argument !== null, isFunction));
  if (returned !== undefined) return leave(returned, `returns something at line ${String(lineOf(source, returned))}`);
  const last = head.at(-1);
  if (last === undefined || [...head, ...tail].some(({ range }) => !startsLine(text, range[0]))) return leave(method.node, 'has no line of its own to wait on');
  const first = head.findIndex((statement) => someBelow(statement, isAwait, isFunction));
  const failing = first === -1 ? [] : head.slice(first);
  const late = failing.find((statement) => !someBelow(statement, isAwait, isFunction) && [...signs].some((sign) => sign.type === 'AssignmentExpression' && contains(statement, sign)));
  if (late !== undefined && !isClosing(head.slice(0, head.indexOf(late)), signs)) return leave(late, `tells the task to end at line ${String(lineOf(source, late))}, after something that may fail; let it come first`);
  if (uses([...head.slice(0, Math.max(first, 0)), ...tail], declaredNames(failing))) return leave(last, 'declares there what it uses later');
  const closing = tail.slice(0, tail.findLastIndex((statement) => !isTold(statement)) + 1);
  return write(source, { unit: indentUnit(text, service.node), failing, last, closing }, lines);
}

/** Whether the task is told to end before the first thing that may fail, or by that. */
function isClosing(statements: readonly TSESTree.Statement[], signs: ReadonlySet<TSESTree.Node>): boolean {
  const first = statements.findIndex((one) => someBelow(one, isAwait, isFunction));
  return statements.slice(0, first + 1).some((one) => [...signs].some((sign) => contains(one, sign)));
}

/** After the last sign; without one, before the first thing that is closed or waited for. */
function placeOf({ facts }: Service, { statements }: Room, signs: ReadonlySet<TSESTree.Node>): number {
  const holds = (statement: TSESTree.Node): boolean =>
    [...signs].some((sign) => contains(statement, sign)) ||
    someBelow(statement, (node) => {
      const own = node.type === 'CallExpression' ? thisMember(node.callee) : undefined;
      return own !== undefined && helpersOf(facts, own).some(({ value }) => [...signs].some((sign) => contains(value, sign)));
    });
  const last = statements.findLastIndex(holds);
  if (last !== -1) {
    const next = statements.findIndex((statement, index) => index > last && !isReset(statement));
    return next === -1 ? statements.length : next;
  }
  const closes = statements.findIndex((statement) => someBelow(statement, (node) => isAwait(node) || (node.type === 'CallExpression' && isReleaseName(calleeName(node) ?? '')), isFunction));
  if (closes !== -1) return closes;
  const told = statements.findIndex((_statement, index) => statements.slice(index).every(isTold));
  return told === -1 ? statements.length : told;
}

/** `this.#timer = undefined;`: what takes no time and cannot fail. */
function isReset(statement: TSESTree.Statement): boolean {
  const expression = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
  return expression?.type === 'AssignmentExpression' && thisMember(expression.left) !== undefined && constantKey(expression.right) !== undefined;
}

/** What only tells others: a log, an event. */
function isTold(statement: TSESTree.Statement): boolean {
  if (statement.type !== 'ExpressionStatement') return false;
  const { expression } = statement;
  return isLogging(expression) || (expression.type === 'CallExpression' && calleeName(expression) === 'emit');
}

function uses(nodes: readonly TSESTree.Node[], names: ReadonlySet<string>): boolean {
  return names.size > 0 && nodes.some((node) => someBelow(node, (below) => below.type === 'Identifier' && names.has(below.name)));
}

interface Layout {
  readonly unit: string;
  /** What stands before the wait from the first thing on that can fail. */
  readonly failing: readonly TSESTree.Statement[];
  /** The last statement before the wait. */
  readonly last: TSESTree.Statement;
  /** What has to run although the wait fails. */
  readonly closing: readonly TSESTree.Statement[];
}

function write(source: Source, { unit, failing, last, closing }: Layout, { wait, caught, error }: DrainLines): readonly Change[] {
  const { text } = source;
  const eol = eolAt(text, last.range[0]);
  const base = indentAt(text, last.range[0]);
  const at = trailingEnd(text, last.range[1]);
  const [first] = failing;
  const depth = first === undefined ? base : base + unit;
  const line = (level: string, content: string): string => `${eol}${level}${content}`;
  const changes: Change[] = [];
  if (first !== undefined) {
    const start = leadingStart(source, first.range[0]);
    changes.push({ start, end: start, text: `try {${eol}${base}${unit}` }, ...reindent(text, failing, start, at + 1, unit));
  }
  const isTried = caught.length > 0 || closing.length > 0;
  const handler = caught.length === 0 ? '' : ` catch (${error}) {${caught.map((one) => line(depth + unit, one)).join('')}${line(depth, '}')}`;
  const opened = first === undefined ? '' : line(base, '} finally {');
  const body = isTried ? `${line(depth, 'try {')}${line(depth + unit, wait)}${line(depth, '}')}${handler}` : line(depth, wait);
  const closed = first === undefined ? '' : line(base, '}');
  const [next] = closing;
  const end = closing.at(-1);
  if (next === undefined || end === undefined) return [...changes, { start: at, end: at, text: opened + body + closed }];
  const deeper = first === undefined ? unit : unit + unit;
  const after = trailingEnd(text, end.range[1]);
  const from = leadingStart(source, next.range[0]);
  return [
    ...changes,
    { start: at, end: from, text: `${opened}${body} finally {${eol}${base}${deeper}` },
    ...reindent(text, closing, from, after + 1, deeper),
    { start: after, end: after, text: `${line(depth, '}')}${closed}` },
  ];
}
