/** Where something may be added on a new line after `end`: past a comment that belongs to its line, else `end` itself. */
export function trailingEnd(text: string, end: number): number {
  const comment = /^[\t ]*(?:\/\/[^\n\r\u2028\u2029]*|\/\*(?:(?!\*\/)[^])*\*\/)[\t ]*(?=\r?\n|$)/.exec(text.slice(end));
  return comment === null ? end : end + comment[0].trimEnd().length;
}
