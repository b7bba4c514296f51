/** Whether only white space stands before `offset` on its line. */
export function startsLine(text: string, offset: number): boolean {
  return /(?:^|[\n\r])[\t ]*$/.test(text.slice(Math.max(0, text.lastIndexOf('\n', offset - 1)), offset));
}
