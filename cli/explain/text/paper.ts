import type { Colors } from '../../io.ts';
import { plain, wrap } from '../../wrap.ts';

/** Lines of text, wrapped to a width in columns. */
export class Paper {
  readonly colors: Colors;
  readonly width: number;
  readonly #lines: string[] = [];

  constructor(colors: Colors, width: number) {
    this.colors = colors;
    this.width = width;
  }

  heading(text: string): void {
    this.#lines.push('', this.colors.bold(text));
  }

  /** A label, and text beside it that is wrapped under itself. `paint` is for the label. */
  row(label: string, text: string, { at = 2, column = 14, paint = (plain: string) => plain } = {}): void {
    const room = Math.max(column, label.length + 2);
    const [first = '', ...others] = wrap(text, this.width - at - room);
    this.#lines.push(`${' '.repeat(at)}${paint(label)}${' '.repeat(room - label.length)}${first}`.trimEnd(), ...others.map((line) => `${' '.repeat(at + room)}${line}`));
  }

  paragraph(text: string, at = 2): void {
    this.#lines.push(...wrap(text, this.width - at).map((line) => `${' '.repeat(at)}${line}`));
  }

  line(text = ''): void {
    this.#lines.push(text.trimEnd());
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}

/** Cut to a number of columns, with a mark where something is cut off. */
export function cut(source: string, width: number): string {
  const text = plain(source);
  return text.length <= width ? text : `${text.slice(0, Math.max(width - 1, 0))}…`;
}

/** `line 4`, `lines 4 and 9`, `lines 4, 6 and 9`. */
export function linesOf(places: readonly { readonly line: number }[]): string {
  const numbers = [...new Set(places.map(({ line }) => String(line)))];
  const last = numbers.pop() ?? '';
  return numbers.length === 0 ? `line ${last}` : `lines ${numbers.join(', ')} and ${last}`;
}
