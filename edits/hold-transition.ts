import type { TSESTree } from '@typescript-eslint/utils';
import type { ClassNode } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import type { Boxed } from './boxed-reads.ts';
import { handOut } from './hand-out.ts';
import type { LockUse } from './lock-use.ts';
import type { Change } from './outcome.ts';
import { returnsIn } from './returns-in.ts';
import { eolAt } from './text/eol-at.ts';
import { fileStyleOf } from './text/file-style.ts';
import { indentAt } from './text/indent-at.ts';
import { indentUnit } from './text/indent-unit.ts';
import { reindent } from './text/reindent.ts';

/**
 * Holds the lock over statements that wait for nothing. Where one of them ends the method, `names` has the names by which to tell
 * whether to go on.
 */
export function holdTransition(
  source: Source,
  node: ClassNode,
  statements: readonly TSESTree.Statement[],
  use: LockUse & { form: 'callback' },
  names: Parameters<typeof handOut>[2],
  boxed?: Boxed,
): Change[] {
  const { text } = source;
  const [first] = statements;
  const last = statements.at(-1);
  if (first === undefined || last === undefined) return [];
  const { semicolon } = fileStyleOf(source);
  const eol = eolAt(text, first.range[0]);
  const indent = indentAt(text, first.range[0]);
  const unit = indentUnit(text, node);
  const returns = returnsIn(statements);
  const { head, early, last: goOn, next } = handOut(returns.length > 0, boxed, names);
  const under = goOn.map((line) => `${eol}${indent}${unit}${line}${semicolon}`).join('');
  const after = next.map((line) => `${eol}${indent}${line}${semicolon}`).join('');
  return [
    { start: first.range[0], end: first.range[0], text: `${head}await ${use.open}() => {${eol}${indent}${unit}` },
    ...reindent(text, statements, first.range[0], last.range[1] + 1, unit),
    ...returns.map(({ range: [start] }) => ({ start: start + 'return'.length, end: start + 'return'.length, text: early })),
    { start: last.range[1], end: last.range[1], text: `${under}${eol}${indent}}${use.close}${semicolon}${after}` },
    ...(boxed?.changes ?? []),
  ];
}
