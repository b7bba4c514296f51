import type { TSESTree } from '@typescript-eslint/utils';
import { someBelow } from '../../model/ast/some-below.ts';
import type { ClassNode } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { declaredNames } from '../declared-names.ts';
import type { Change } from '../outcome.ts';
import { eolAt } from '../text/eol-at.ts';
import { indentAt } from '../text/indent-at.ts';
import { indentUnit } from '../text/indent-unit.ts';
import { pinLine } from '../text/pin-line.ts';
import { reindent } from '../text/reindent.ts';
import { startsLine } from '../text/starts-line.ts';
import { trailingEnd } from '../text/trailing-end.ts';
import { catchLines, type Marking } from './catch-clause.ts';
import { onOneLine } from './on-one-line.ts';
import { caughtNameOf } from './caught-name.ts';

/** Changes before those inside the statements, and after them. */
export interface Wrapping {
  readonly before: readonly Change[];
  readonly after: readonly Change[];
}

/** Puts statements that follow each other into a try, whose catch sets the flag on a timeout and throws on. */
export function wrapInTry(source: Source, node: ClassNode, statements: readonly TSESTree.Statement[], marking: Marking): Wrapping {
  const { text, program } = source;
  const [first] = statements;
  const last = statements.at(-1);
  if (first === undefined || last === undefined) return { before: [], after: [] };
  const error = caughtNameOf(program);
  const lines = catchLines(source, marking, error);
  const [start] = first.range;
  const end = trailingEnd(text, last.range[1]);
  if (!startsLine(text, start)) {
    return {
      before: [{ start, end: start, text: 'try { ' }],
      after: [{ start: end, end, text: ` } catch (${error}) { ${onOneLine(lines)} }` }],
    };
  }
  const eol = eolAt(text, start);
  const indent = indentAt(text, start);
  const unit = indentUnit(text, node);
  const close = `${eol}${indent}} catch (${error}) {${lines.map((line) => `${eol}${indent}${unit}${line}`).join('')}${eol}${indent}}`;
  return {
    before: [...pinLine(text, start), { start, end: start, text: `try {${eol}${indent}${unit}` }, ...reindent(text, statements, start, end + 1, unit)],
    after: [{ start: end, end, text: close }],
  };
}

/** The statements of a block from the first to the last of `wanted`; up to the block's end where what they declare is used after them. */
export function runOf(block: readonly TSESTree.Statement[], wanted: readonly TSESTree.Statement[]): readonly TSESTree.Statement[] {
  const indexes = wanted.map((statement) => block.indexOf(statement));
  const from = Math.min(...indexes);
  const run = block.slice(from, Math.max(...indexes) + 1);
  const rest = block.slice(from + run.length);
  const names = declaredNames(run);
  const isGuard = run.some((statement) => statement.type === 'VariableDeclaration' && statement.kind.endsWith('using'));
  const isUsed = rest.some((statement) => someBelow(statement, (inner) => inner.type === 'Identifier' && names.has(inner.name)));
  return isUsed || isGuard ? [...run, ...rest] : run;
}
