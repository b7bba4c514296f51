/** Where something may be added on a new line after `end`: past a comment that belongs to its line, else `end` itself. */
export function trailingEnd(text: string, end: number): number {
  const rest = /^[^\n\r]*/.exec(text.slice(end))?.[0] ?? '';
  return /^[\t ]*(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/[\t ]*)$/.test(rest) ? end + rest.trimEnd().length : end;
}
