import type { TSESTree } from '@typescript-eslint/utils';
import type { ClassNode } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import type { LockUse } from './lock-use.ts';
import type { Change } from './outcome.ts';
import { returnsIn } from './returns-in.ts';
import { eolAt } from './text/eol-at.ts';
import { fileStyleOf } from './text/file-style.ts';
import { indentAt } from './text/indent-at.ts';
import { indentUnit } from './text/indent-unit.ts';
import { reindent } from './text/reindent.ts';

/**
 * Holds the lock over statements that wait for nothing. Where one of them ends the method, `flag` is the name that tells
 * whether to go on.
 */
export function holdTransition(
  source: Source,
  node: ClassNode,
  statements: readonly TSESTree.Statement[],
  use: LockUse & { form: 'callback' },
  flag: string,
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
  const isLeft = returns.length > 0;
  const head = `${isLeft ? `const ${flag} = ` : ''}await ${use.open}() => {${eol}${indent}${unit}`;
  const goOn = isLeft ? `${eol}${indent}${unit}return true${semicolon}` : '';
  const leave = isLeft ? `${eol}${indent}if (!${flag}) return${semicolon}` : '';
  return [
    { start: first.range[0], end: first.range[0], text: head },
    ...reindent(text, statements, first.range[0], last.range[1] + 1, unit),
    ...returns.map(({ range: [start] }) => ({ start: start + 'return'.length, end: start + 'return'.length, text: ' false' })),
    { start: last.range[1], end: last.range[1], text: `${goOn}${eol}${indent}}${use.close}${semicolon}${leave}` },
  ];
}
