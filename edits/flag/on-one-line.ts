/** Statements beside one another, each with the semicolon that it could do without at the end of a line. */
export function onOneLine(lines: readonly string[]): string {
  return lines.map((line) => (/[;{}]$/.test(line) ? line : `${line};`)).join(' ');
}
