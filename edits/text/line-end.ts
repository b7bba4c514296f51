/** The beginning of the next line, where nothing but blanks comes before it; else `from`. */
export function lineEnd(text: string, from: number): number {
  return from + (/^[\t ]*\r?\n/.exec(text.slice(from))?.[0].length ?? 0);
}
