/** The line end in use where `offset` stands: that of the line before it, else that of its own line. */
export function eolAt(text: string, offset: number): string {
  const before = text.lastIndexOf('\n', offset - 1);
  const newline = before === -1 ? text.indexOf('\n', offset) : before;
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}
