import list from '../real-code/reports.json' with { type: 'json' };
import searchedCode from '../real-code/searched.json' with { type: 'json' };
import type { AtCommit } from './fetch-commits.ts';

/** What a report turned out to be when its code was read; `literal`: the letter is not met, but little is lost. */
export type Verdict = 'literal' | 'right' | 'wrong';

/** One report of `recommended` that was drawn and judged. `line`, 1-based, is where it stood. */
export interface JudgedReport {
  readonly repo: string;
  readonly commit: string;
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  /** The id of its message. */
  readonly message: string;
  /** 0 of what was found by looking for code of that kind, 1 of what was reported first, 2 of what a rule still reported after it was narrowed. */
  readonly draw: number;
  readonly verdict: Verdict;
  readonly why: string;
}

/** What was linted for the draw. */
export interface Searched {
  readonly seed: number;
  /** Source files without those of tests, examples and vendored code. */
  readonly files: number;
  /** Of these, those that can hold anything a rule looks at. */
  readonly read: number;
  readonly services: number;
  readonly repositories: readonly AtCommit[];
  readonly reports: Reported;
  /** What was linted besides, for rules that reported nothing or little there. */
  readonly sought: { readonly files: number; readonly repositories: readonly AtCommit[]; readonly reports: Reported };
}

/** By rule, what there was to draw from. A rule that reported nothing is absent. */
type Reported = Readonly<Record<string, { readonly reports: number; readonly repositories: number } | undefined>>;

export const judgedReports = list as readonly JudgedReport[];

export const searched: Searched = searchedCode;
