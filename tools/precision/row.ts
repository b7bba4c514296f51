import type { Judged } from './bar.ts';
import type { Drawn } from './drawn.ts';
import type { Measure } from './measure.ts';

export const PRESETS = ['recommended', 'strict'] as const;
export type Preset = (typeof PRESETS)[number];

/** What is known of one rule. */
export interface Row {
  readonly rule: string;
  readonly measures: Readonly<Record<Preset, Measure>>;
  /** Of `recommended`. */
  readonly drawn: Drawn;
}

/** All judged reports that `recommended` makes today, at labelled classes and where they were drawn. What is missing by the letter is neither. */
export function judgedOf({ measures: { recommended }, drawn }: Pick<Row, 'drawn' | 'measures'>): Judged {
  return { right: recommended.right + drawn.right - drawn.lost, wrong: recommended.wrong + drawn.wrong - drawn.mended };
}
