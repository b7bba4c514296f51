import type { Measure } from './measure.ts';

export const PRESETS = ['recommended', 'strict'] as const;
export type Preset = (typeof PRESETS)[number];

/** What is known of one rule. */
export interface Row {
  readonly rule: string;
  readonly measures: Readonly<Record<Preset, Measure>>;
  /** Reports of `recommended` on the published packages. Read back from the page, 0 where the labels suffice. */
  readonly onPackages: number;
}
