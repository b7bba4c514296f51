/** Reports that were judged by labels: right ones are at a hazard, wrong ones where the label has nothing to report. */
export interface Judged {
  readonly right: number;
  readonly wrong: number;
}

export const PRECISION = 0.95;

/** The fewest judged reports of which one may be wrong: with fewer, one more or less moves the share by more than the bar leaves room for. */
export const ENOUGH = 20;

/** What the labels say of a rule: they carry it, they are too few to, or they are against it. */
export type Standing = 'below' | 'carried' | 'too few';

/** With too few reports to tell 0.95 from 0.9, one wrong report may be chance; a second is not taken for it. */
export function standingOf({ right, wrong }: Judged): Standing {
  const judged = right + wrong;
  if (judged < ENOUGH) return wrong > 1 ? 'below' : 'too few';
  return right / judged >= PRECISION ? 'carried' : 'below';
}
