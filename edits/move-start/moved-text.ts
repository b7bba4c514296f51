import type { TSESTree } from '@typescript-eslint/utils';
import { someBelow } from '../../model/ast/some-below.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { indentAt } from '../text/indent-at.ts';
import { withComments } from './cut-statement.ts';
import type { Obstacle } from './start-unit.ts';

/** Statements that follow each other, from the comments above the first to the comment behind the last. */
export interface Run {
  readonly statements: readonly TSESTree.Statement[];
  readonly start: number;
  readonly end: number;
}

/** The statements of a block that go, those together that stand together. */
export function runsOf(gone: readonly TSESTree.Statement[], all: readonly TSESTree.Statement[], source: Source): readonly Run[] {
  const runs: TSESTree.Statement[][] = [];
  for (const [index, statement] of all.entries()) {
    if (!gone.includes(statement)) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.at(-1) === all[index - 1]) last.push(statement);
    else runs.push([statement]);
  }
  return runs.map((statements) => {
    const spans = statements.map((statement) => withComments(source, statement));
    return { statements, start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0 };
  });
}

/** The lines of a run without their indentation, with the changes that are made in it. */
export function movedText({ text }: Source, { statements, start, end }: Run, changes: readonly Change[]): readonly string[] | Obstacle {
  const spansLines = (node: TSESTree.Node): boolean => (node.type === 'TemplateLiteral' || node.type === 'Literal') && text.slice(...node.range).includes('\n');
  const spanning = statements.find((statement) => someBelow(statement, spansLines));
  if (spanning !== undefined) return { node: spanning, why: 'a string in it goes over several lines, and would change with its indentation' };
  let at = start;
  let written = '';
  for (const change of changes.filter((one) => start <= one.start && one.end <= end).sort((a, b) => a.start - b.start)) {
    written += text.slice(at, change.start) + change.text;
    at = change.end;
  }
  const indent = indentAt(text, start);
  const lines = (written + text.slice(at, end)).split(/\r?\n/);
  return lines.map((line, index) => (index > 0 && line.startsWith(indent) ? line.slice(indent.length) : line).replace(/^\s+$/, ''));
}
