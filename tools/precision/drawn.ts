import type { JudgedReport, Verdict } from './reports.ts';

/** Of the drawn reports of one rule, what each was, whether or not it is still made. */
export interface Drawn extends Readonly<Record<Verdict, number>> {
  /** Wrong ones that the rule makes no more. */
  readonly mended: number;
  /** Right ones that it makes no more. */
  readonly lost: number;
  /** By the letter, and made no more. */
  readonly spared: number;
  /** Reports of the rule in the files with a drawn one that nobody has judged. */
  readonly unjudged: number;
}

/** Where a report stands. */
export interface Place {
  readonly repo: string;
  readonly path: string;
  readonly line: number;
  readonly rule: string;
}

export const NONE: Drawn = { right: 0, literal: 0, wrong: 0, mended: 0, lost: 0, spared: 0, unjudged: 0 };

/** How the drawn reports of a rule compare with those it makes `now` in the same files. A place may have been drawn once. */
export function compareDrawn(rule: string, judged: readonly JudgedReport[], now: readonly Place[]): Drawn {
  const drawn = judged.filter((report) => report.rule === rule);
  const files = new Set(drawn.map(fileOf));
  const made = now.filter((report) => report.rule === rule && files.has(fileOf(report)));
  const stillMade = new Set(made.map(placeOf));
  const known = new Set(judged.map(placeOf));
  const count = (verdict: Verdict, isMade?: boolean): number =>
    drawn.filter((report) => report.verdict === verdict && (isMade === undefined || stillMade.has(placeOf(report)) === isMade)).length;
  return {
    right: count('right'),
    literal: count('literal'),
    wrong: count('wrong'),
    mended: count('wrong', false),
    lost: count('right', false),
    spared: count('literal', false),
    unjudged: made.filter((report) => !known.has(placeOf(report))).length,
  };
}

function fileOf({ repo, path }: Place): string {
  return `${repo} ${path}`;
}

function placeOf({ repo, path, line, rule }: Place): string {
  return `${repo} ${path}:${line} ${rule}`;
}
