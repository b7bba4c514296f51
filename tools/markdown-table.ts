/** A Markdown table. The first row is the header; columns of numbers are set to the right. */
export function markdownTable(rows: readonly (readonly (number | string)[])[]): string {
  const [header = [], ...body] = rows.map((row) => row.map((cell) => String(cell).replaceAll('|', '\\|')));
  const widths = header.map((cell, column) => Math.max(3, cell.length, ...body.map((row) => row[column]?.length ?? 0)));
  const right = header.map((_, column) => body.length > 0 && body.every((row) => /^(?:[\d.,]+(?: ?[a-z×%]+)?|–)?$/.test(row[column] ?? '')));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (right[column] === true ? (row[column] ?? '').padStart(width) : (row[column] ?? '').padEnd(width))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (right[column] === true ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  return [line(header), rule, ...body.map(line)].join('\n');
}
