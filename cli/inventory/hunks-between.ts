import { structuredPatch } from 'diff';

/** Lines count from 1; both ends are in it. */
export interface LineRange {
  readonly line: number;
  readonly endLine: number;
}

export interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  /** A line begins with `+`, `-` or a space. */
  readonly lines: readonly string[];
}

/** As the model and editors count them. */
export function linesIn(text: string): readonly string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/);
}

/** How some lines of a text became some lines of another one; the numbers of the hunks are those of the whole texts. */
export function hunksBetween(old: readonly string[], fresh: readonly string[], before: LineRange, after: LineRange): readonly Hunk[] {
  const [from, to] = [textOf(old, before), textOf(fresh, after)];
  if (from === to) return [];
  const { hunks } = structuredPatch('', '', from, to, undefined, undefined, { context: 3 });
  return hunks.map(({ oldStart, newStart, lines }) => ({ oldStart: oldStart + before.line - 1, newStart: newStart + after.line - 1, lines }));
}

function textOf(lines: readonly string[], { line, endLine }: LineRange): string {
  return lines.slice(line - 1, Math.max(endLine, line - 1)).map((text) => `${text}\n`).join('');
}
