import type { Source } from '../../model/source.ts';

const PRAGMA = /^\/(?: *<|[/*]?[ *]*@(?:ts-|jest|vitest|jsx|flow)|\* *(?:eslint|global|jshint|istanbul|prettier)\b)/;

/** Where the code of a file begins: after the hashbang, directives, triple slashes, pragmas and a licence set apart by a blank line. */
export function preambleEnd({ text, program, comments }: Source): number {
  const hashbang = /^#!.*(?:\r?\n)?/.exec(text)?.[0].length ?? 0;
  let end = hashbang;
  for (const statement of program.body) {
    if (statement.type !== 'ExpressionStatement' || statement.directive == null) break;
    end = statement.range[1] + lineRest(text, statement.range[1]);
  }
  const first = program.body.find(({ range }) => range[0] >= end);
  for (const comment of comments) {
    if (comment.range[0] < end) continue;
    if (first !== undefined && comment.range[0] >= first.range[0]) break;
    const after = comment.range[1] + lineRest(text, comment.range[1]);
    const isApart = /^[\t ]*\r?\n/.test(text.slice(after));
    const written = text.slice(comment.range[0], comment.range[1]);
    if (isApart || written.startsWith('///') || PRAGMA.test(written)) end = after;
  }
  return end;
}

/** The length of what is left of a line, its end included. */
function lineRest(text: string, from: number): number {
  return /^[^\n]*(?:\n|$)/.exec(text.slice(from))?.[0].length ?? 0;
}
