import type { TSESTree } from '@typescript-eslint/utils';
import { thisMember } from '../model/ast/this-member.ts';
import type { ClassFacts, ClassNode, Hold } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { awaitReturns } from './await-returns.ts';
import { declaredNames } from './declared-names.ts';
import { rankOfName, rankOfRole } from './field-role.ts';
import { readsFieldsSet } from './fields-set.ts';
import { heldStatement, type HeldStatement } from './held-statement.ts';
import type { Obstacle } from './lock-obstacle.ts';
import type { Change } from './outcome.ts';
import { returnsIn } from './returns-in.ts';
import { eolAt } from './text/eol-at.ts';
import { indentUnit } from './text/indent-unit.ts';
import { indentAt } from './text/indent-at.ts';
import { lineEnd } from './text/line-end.ts';
import { reindent } from './text/reindent.ts';
import { startsLine } from './text/starts-line.ts';
import { widenTestedHold } from './widen-tested-hold.ts';

/** Extends a hold that covers only part of a method to the whole of it, where the text allows to move only its beginning or its end. */
export function widenHold(source: Source, facts: ClassFacts, hold: Hold): Obstacle | readonly Change[] {
  return (
    widened(source, facts, hold) ?? {
      node: hold.node,
      why: `${hold.method.name}() holds ${hold.lock.key} over part of its body, which cannot be widened by moving its ends`,
    }
  );
}

function widened(source: Source, facts: ClassFacts, hold: Hold): readonly Change[] | undefined {
  const { node } = facts;
  const { body } = hold.method.value;
  if (body.type !== 'BlockStatement') return undefined;
  if (hold.gap?.kind === 'return-unawaited') return hold.form === 'callback' ? undefined : awaitReturns(source, body);
  const framed = heldStatement(hold);
  if (framed === undefined && hold.gap?.kind === 'work-after') return widenTestedHold(source, facts, hold);
  if (framed?.callback.async !== true) return undefined;
  switch (hold.gap?.kind) {
    case 'not-awaited':
      return framed.after.length > 0 || framed.statement.type !== 'ExpressionStatement'
        ? undefined
        : [insertAt(framed.statement.range[0], 'return ')];
    case 'check-before':
    case 'work-before':
      return moveBeginning(source, node, body, framed);
    case 'work-after':
      return moveEnd(source, node, body, framed);
    default:
      return undefined;
  }
}

function insertAt(at: number, text: string): Change {
  return { start: at, end: at, text };
}

/** Whether the statements may go into the callback: no name is declared in both, and no value gets lost on its way out. */
function mayJoin({ statement, callback }: HeldStatement, joining: readonly TSESTree.Statement[]): boolean {
  const inside = declaredNames(callback.body.body);
  if ([...declaredNames(joining)].some((name) => inside.has(name))) return false;
  const isValued = returnsIn(joining).some(({ argument }) => argument !== null);
  return statement.type === 'ReturnStatement' || !isValued;
}

function moveBeginning(
  { text }: Source,
  node: ClassNode,
  body: TSESTree.BlockStatement,
  framed: HeldStatement,
): readonly Change[] | undefined {
  const { statement, callback, before, after } = framed;
  const inner = callback.body.range[0] + 1;
  const [first] = before;
  if (first === undefined || after.length > 0 || !mayJoin(framed, before)) return undefined;
  if (statement.type === 'ExpressionStatement' && !framed.isAwaited) return undefined;
  if (!startsLine(text, first.range[0]) || !startsLine(text, statement.range[0]) || !/^[\t ]*\r?\n/.test(text.slice(inner)))
    return undefined;
  const lineStart = text.lastIndexOf('\n', statement.range[0]) + 1;
  const head = `${eolAt(text, lineStart)}${indentAt(text, statement.range[0])}${text.slice(statement.range[0], inner)}`;
  const open = body.range[0] + 1;
  const test = flagTest(text, callback.body);
  const moved = test === undefined ? '' : `${eolAt(text, lineStart)}${indentAt(text, test.range[0])}${text.slice(...test.range)}`;
  return [
    insertAt(open, head + moved),
    ...reindent(text, before, open, lineStart, indentUnit(text, node)),
    { start: lineStart, end: lineEnd(text, test?.range[1] ?? inner), text: '' },
  ];
}

/** The test with which the callback begins, of a flag that an edit has added: it stays first. */
function flagTest(text: string, { body: [first] }: TSESTree.BlockStatement): TSESTree.Statement | undefined {
  const rank = first?.type === 'IfStatement' ? rankOfName(thisMember(first.test)) : undefined;
  return first !== undefined && rank === rankOfRole('flag') && startsLine(text, first.range[0]) ? first : undefined;
}

function moveEnd({ text }: Source, node: ClassNode, body: TSESTree.BlockStatement, framed: HeldStatement): readonly Change[] | undefined {
  const { statement, callback, before, after } = framed;
  const close = callback.body.range[1] - 1;
  const last = after.at(-1);
  if (last === undefined || before.length > 0 || !framed.isAwaited || returnsIn(callback.body.body).length > 0) return undefined;
  if (statement.type !== 'ExpressionStatement' || !mayJoin(framed, after)) return undefined;
  if (readsFieldsSet(callback.body, after)) return undefined;
  const closing = body.range[1] - 1;
  const next = lineEnd(text, statement.range[1]);
  if (!startsLine(text, close) || !startsLine(text, closing) || next === statement.range[1]) return undefined;
  const lineStart = text.lastIndexOf('\n', close) + 1;
  const end = text.lastIndexOf('\n', closing) + 1;
  return [
    { start: lineStart, end: next, text: '' },
    ...reindent(text, after, next - 1, end, indentUnit(text, node)),
    insertAt(end, `${indentAt(text, statement.range[0])}${text.slice(close, statement.range[1])}${eolAt(text, end)}`),
  ];
}
