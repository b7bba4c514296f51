import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { memberName } from '../../model/ast/member-name.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { LocalTimer } from '../../model/ledger/local-timers.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Source } from '../../model/source.ts';
import { declaredNames } from '../declared-names.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Change } from '../outcome.ts';
import { pathTo } from '../teardown/path-to.ts';
import { blockUnit } from '../text/block-unit.ts';
import { eolAt } from '../text/eol-at.ts';
import { indentAt } from '../text/indent-at.ts';
import { leadingStart } from '../text/leading-start.ts';
import { reindent } from '../text/reindent.ts';
import { startsLine } from '../text/starts-line.ts';
import { trailingEnd } from '../text/trailing-end.ts';

/** Clears an interval from a `finally` round all that comes between, so that it ends with its request however that ends. */
export function clearInFinally({ declaration, fn, name, clear, node }: LocalTimer, source: Source): Obstacle | readonly Change[] {
  const leave = (why: string): Obstacle => ({ node, why });
  const path = pathTo(source.program, declaration);
  const block = path.findLast((one): one is TSESTree.BlockStatement => one.type === 'BlockStatement');
  const set = block?.body.findIndex((statement) => path.includes(statement)) ?? -1;
  const cleared = block?.body.findIndex((statement) => statement.type === 'ExpressionStatement' && unwrap(statement.expression) === clear) ?? -1;
  const end = block?.body[cleared];
  if (block === undefined || end === undefined || cleared < set) return leave(`${name} is cleared at line ${String(lineOf(source, clear))}, in another block than the one that sets it`);
  const first = block.body.findIndex((statement, index) => index > set && !isUnref(statement, name));
  const wrapped = block.body.slice(first, cleared);
  const rest = block.body.slice(cleared + 1);
  const names = declaredNames(wrapped);
  const uses = (nodes: readonly TSESTree.Node[]): boolean => nodes.some((one) => someBelow(one, (below) => below.type === 'Identifier' && names.has(below.name)));
  const before = block.body.slice(0, first);
  const outer = fn.body.type === 'BlockStatement' && fn.body !== block ? fn.body.body.filter((statement) => !path.includes(statement)) : [];
  if (uses(before) || uses(outer)) return leave(`what is declared between line ${String(lineOf(source, declaration))} and line ${String(lineOf(source, clear))} is used outside of that`);
  if (!uses(rest)) return wrap(source, block, wrapped, end);
  if (rest.some((one) => someBelow(one, isPause, isFunction))) return leave(`what is declared before line ${String(lineOf(source, clear))} is used after it, and later than that the interval would go on`);
  return wrapAll(source, block, [...wrapped, end, ...rest], end) ?? leave(`a comment belongs to line ${String(lineOf(source, clear))}, which would have to move`);
}

/** `timer.unref();` */
function isUnref(statement: TSESTree.Statement, name: string): boolean {
  const call = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : undefined;
  if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false;
  return memberName(call.callee) === 'unref' && call.callee.object.type === 'Identifier' && call.callee.object.name === name;
}

/** Where another turn can come in, and the interval with it. */
function isPause(node: TSESTree.Node): boolean {
  return node.type === 'AwaitExpression' || node.type === 'YieldExpression' || (node.type === 'ForOfStatement' && node.await);
}

/** The clear stays where it is, now as the `finally` of what is before it. */
function wrap(source: Source, block: TSESTree.BlockStatement, statements: readonly TSESTree.Statement[], end: TSESTree.Statement): readonly Change[] {
  const { text } = source;
  const [first] = statements;
  if (first === undefined) return [];
  const start = leadingStart(source, first.range[0]);
  const [from, to] = end.range;
  if (!startsLine(text, start) || !startsLine(text, from)) {
    return [
      { start: first.range[0], end: first.range[0], text: 'try { ' },
      { start: from, end: from, text: '} finally { ' },
      { start: to, end: to, text: ' }' },
    ];
  }
  const unit = blockUnit(text, block);
  const eol = eolAt(text, start);
  const indent = indentAt(text, start);
  const close = leadingStart(source, from);
  const after = trailingEnd(text, to);
  const done = trailingEnd(text, statements.at(-1)?.range[1] ?? close);
  return [
    { start, end: start, text: `try {${eol}${indent}${unit}` },
    ...reindent(text, statements, start, done + 1, unit),
    { start: done, end: close, text: `${text.slice(done, close).trimEnd()}${eol}${indent}} finally {${eol}${indent}${unit}` },
    ...reindent(text, [end], close, after + 1, unit),
    { start: after, end: after, text: `${eol}${indent}}` },
  ];
}

/** The clear moves behind all that follows it. Undefined where a comment would have to go with it. */
function wrapAll(source: Source, block: TSESTree.BlockStatement, statements: readonly TSESTree.Statement[], clear: TSESTree.Statement): readonly Change[] | undefined {
  const { text, comments } = source;
  const [first] = statements;
  const last = statements.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const start = leadingStart(source, first.range[0]);
  const lineStart = text.lastIndexOf('\n', clear.range[0] - 1) + 1;
  const lineEnd = text.indexOf('\n', clear.range[1]) + 1;
  const isAlone = startsLine(text, clear.range[0]) && text.slice(clear.range[1], lineEnd).trim() === '';
  if (!isAlone || !startsLine(text, start) || leadingStart(source, clear.range[0]) !== clear.range[0] || comments.some(({ range }) => range[0] < lineEnd && range[1] > lineStart)) return undefined;
  const unit = blockUnit(text, block);
  const eol = eolAt(text, start);
  const indent = indentAt(text, start);
  const end = trailingEnd(text, last.range[1]);
  const inside = reindent(text, statements, start, end + 1, unit).filter((change) => change.start !== lineStart);
  return [
    { start, end: start, text: `try {${eol}${indent}${unit}` },
    ...inside,
    { start: lineStart, end: lineEnd, text: '' },
    { start: end, end, text: `${eol}${indent}} finally {${eol}${indent}${unit}${text.slice(...clear.range)}${eol}${indent}}` },
  ];
}
