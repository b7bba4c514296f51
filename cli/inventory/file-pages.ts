import type { Hunk } from './hunks-between.ts';
import type { PageFile, PageHunk } from './page-data.ts';
import { Pool } from './pool.ts';

type OpenFile = PageFile & { readonly lines: Record<number, number>; hunks: readonly PageHunk[] };

/** The files of the page, with the lines that it shows, once each. */
export class FilePages {
  readonly #files = new Pool<OpenFile>();
  readonly #textAt: (text: string) => number;

  /** `textAt` gives the place of a text among all. */
  constructor(textAt: (text: string) => number) {
    this.#textAt = textAt;
  }

  get values(): readonly PageFile[] {
    return this.#files.values;
  }

  place(name: string): number {
    return this.#files.place(name, () => ({ name, lines: {}, hunks: [] }));
  }

  /** Keeps a line, for who gives only its number. */
  keep(file: number, line: number, text: string | undefined): void {
    const known = this.#files.values[file];
    if (known !== undefined) known.lines[line] ??= this.#textAt(text ?? '');
  }

  /** What is changed outside of the services is the same for each service of the file. */
  share(file: number, hunks: readonly Hunk[]): void {
    const known = this.#files.values[file];
    if (known?.hunks.length === 0) known.hunks = hunks.map((hunk) => this.hunk(file, hunk));
  }

  hunk(file: number, { oldStart, newStart, lines }: Hunk): PageHunk {
    const parts: (number | number[])[] = [];
    let line = oldStart;
    for (const text of lines) {
      const last = parts.at(-1);
      if (text.startsWith('+')) {
        const place = this.#textAt(text.slice(1));
        if (typeof last === 'object') last.push(place);
        else parts.push([place]);
        continue;
      }
      this.keep(file, line++, text.slice(1));
      const step = text.startsWith('-') ? -1 : 1;
      if (typeof last === 'number' && Math.sign(last) === step) parts[parts.length - 1] = last + step;
      else parts.push(step);
    }
    return { oldStart, newStart, parts };
  }
}
