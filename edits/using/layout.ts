import type { TSESTree } from '@typescript-eslint/utils';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { lineStarts } from '../text/reindent.ts';

/** Changes to a block of which some lines move to the right or left. */
export class Layout {
  readonly #source: Source;
  readonly #unit: string;
  readonly #depths = new Map<number, number>();
  readonly #changes: Change[] = [];

  constructor(source: Source, unit: string) {
    this.#source = source;
    this.#unit = unit;
  }

  /** Moves the lines that begin between two places; those in strings and templates of `nodes` stay. */
  move(nodes: readonly TSESTree.Node[], start: number, end: number, by: -1 | 1): void {
    for (const at of lineStarts(this.#source.text, nodes, start, end)) this.#depths.set(at, (this.#depths.get(at) ?? 0) + by);
  }

  put(...changes: readonly Change[]): void {
    this.#changes.push(...changes);
  }

  changes(): readonly Change[] {
    const { text } = this.#source;
    const moved = Array.from(this.#depths, ([at, depth]): Change[] => {
      if (this.#changes.some(({ start, end }) => start <= at && at < end)) return [];
      if (depth > 0) return [{ start: at, end: at, text: this.#unit.repeat(depth) }];
      const shift = this.#unit.repeat(-depth);
      return depth < 0 && text.startsWith(shift, at) ? [{ start: at, end: at + shift.length, text: '' }] : [];
    });
    return [...this.#changes, ...moved.flat()];
  }
}
