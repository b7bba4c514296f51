import type { TSESTree } from '@typescript-eslint/utils';
import type { ClassNode, Hold, Method } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import type { Boxed } from './boxed-reads.ts';
import { handOut, type HandOut } from './hand-out.ts';
import { heldStatement, type HeldStatement } from './held-statement.ts';
import type { Obstacle } from './lock-obstacle.ts';
import type { Change } from './outcome.ts';
import { returnsIn } from './returns-in.ts';
import { eolAt } from './text/eol-at.ts';
import { fileStyleOf } from './text/file-style.ts';
import { indentAt } from './text/indent-at.ts';
import { indentUnit } from './text/indent-unit.ts';
import { lineStarts } from './text/reindent.ts';
import { startsLine } from './text/starts-line.ts';
import { trailingEnd } from './text/trailing-end.ts';
import { transitionOf } from './transition-of.ts';

/** Lets a hold end after the transition with which its method begins, so that what the method then waits for can come to its end. */
export function narrowHold(
  source: Source,
  node: ClassNode,
  hold: Hold,
  methods: readonly Method[],
  names: Parameters<typeof handOut>[2],
  box: (rest: readonly TSESTree.Statement[]) => Boxed | Obstacle | undefined,
): Obstacle | readonly Change[] {
  const { text } = source;
  const { method } = hold;
  const held = heldStatement(hold);
  const leave: Obstacle = {
    node: hold.node,
    why: `${method.name}() holds ${hold.lock.key} while the loop runs, and what has to stay under it cannot be told`,
  };
  if (held === undefined || held.before.length + held.after.length > 0 || !method.isAsync) return leave;
  const entry = transitionOf(text, method, held.callback.body, methods);
  if ('why' in entry) return entry;
  const rest = held.callback.body.body.slice(entry.length);
  const close = held.callback.body.range[1] - 1;
  const losesValue = held.statement.type !== 'ReturnStatement' && returnsIn(rest).some(({ argument }) => argument !== null);
  if (losesValue || rest.length === 0 || !startsLine(text, close) || !startsLine(text, held.statement.range[0])) return leave;
  const boxed = box(rest);
  if (boxed !== undefined && 'why' in boxed) return boxed;
  const out = handOut(returnsIn(entry).length > 0, boxed, names);
  return [...moveClose(source, node, held, entry, rest, out), ...(boxed?.changes ?? [])];
}

function moveClose(
  source: Source,
  node: ClassNode,
  held: HeldStatement,
  entry: readonly TSESTree.Statement[],
  rest: readonly TSESTree.Statement[],
  { head, early, last, next }: HandOut,
): readonly Change[] {
  const { text } = source;
  const { statement, call, callback } = held;
  const { semicolon } = fileStyleOf(source);
  const unit = indentUnit(text, node);
  const indent = indentAt(text, statement.range[0]);
  const eol = eolAt(text, statement.range[0]);
  const close = callback.body.range[1] - 1;
  const lineStart = text.lastIndexOf('\n', close) + 1;
  const lineEnd = statement.range[1] + (/^[\t ]*\r?\n/.exec(text.slice(statement.range[1]))?.[0].length ?? 0);
  const end = trailingEnd(text, entry.at(-1)?.range[1] ?? 0);
  const under = last.map((line) => `${eol}${indent}${unit}${line}${semicolon}`).join('');
  const after = next.map((line) => `${eol}${indent}${line}${semicolon}`).join('');
  const isAsync = /^async\s+/.exec(text.slice(callback.range[0]));
  return [
    { start: statement.range[0], end: call.range[0], text: `${head}await ` },
    ...(isAsync === null ? [] : [{ start: callback.range[0], end: callback.range[0] + isAsync[0].length, text: '' }]),
    ...returnsIn(entry).map(({ range: [start] }) => ({ start: start + 'return'.length, end: start + 'return'.length, text: early })),
    { start: end, end, text: `${under}${eol}${indent}${text.slice(close, call.range[1])}${semicolon}${after}` },
    ...lineStarts(text, rest, end, lineStart).flatMap((at) =>
      text.startsWith(unit, at) ? [{ start: at, end: at + unit.length, text: '' }] : [],
    ),
    { start: lineStart, end: lineEnd, text: '' },
  ];
}
