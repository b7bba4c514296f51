import type { Judged } from './bar.ts';
import { isAbout, rulesOfCode } from './labels.ts';

/** One verdict of score.mjs: what a preset made of one label. */
export interface Finding {
  readonly verdict: 'FN' | 'FP' | 'TP' | 'literal';
  readonly repo: string;
  readonly path: string;
  readonly line: number;
  readonly class: string;
  /** The code of the label, `R1`. */
  readonly rule: string;
  readonly why: string;
  readonly about?: readonly string[];
  readonly reports: readonly { readonly ruleId: string; readonly line: number; readonly message: string }[];
}

export interface Score {
  readonly findings: readonly Finding[];
  /** Of the classes that only look like services, those on which nothing wrong is reported. */
  readonly negatives: { readonly leftAlone: number; readonly of: number };
  readonly notScored: readonly { readonly key: string; readonly name: string; readonly reason: string }[];
  readonly fatal: readonly unknown[];
}

/** Of `expected` labelled places the preset reports `found`. */
export interface Measure extends Judged {
  readonly found: number;
  readonly expected: number;
}

/**
 * One rule under one preset. Two rules may share a code: then each answers for its own reports, and finds what a label says is its own, or,
 * where the label does not say, what either reports. A partial lock is labelled as a missing one, and its report is right there.
 */
export function measure(rule: string, { findings }: Score): Measure {
  const own = findings.filter((finding) => saidBy(finding).has(rule));
  const expected = findings.filter((finding) => isExpected(finding) && isAbout(rule, finding.rule, finding.about));
  return {
    right: own.filter(({ verdict }) => verdict === 'TP').length,
    wrong: own.filter(({ verdict }) => verdict === 'FP').length,
    found: expected.filter((finding) => isFound(finding)).length,
    expected: expected.length,
  };
}

function isExpected({ verdict }: Finding): boolean {
  return verdict === 'TP' || verdict === 'FN';
}

function isFound(finding: Finding): boolean {
  if (finding.verdict !== 'TP') return false;
  const said = saidBy(finding);
  return finding.about === undefined || finding.about.some((rule) => said.has(rule));
}

/** Of the rules a finding's code stands for, those that are wrong about it: they reported it, or they should have and did not. */
export function blamed(finding: Finding): readonly string[] {
  if (finding.verdict === 'FP') return [...saidBy(finding)];
  if (!isExpected(finding) || isFound(finding)) return [];
  return finding.about ?? rulesOfCode[finding.rule] ?? [];
}

function saidBy({ reports }: Finding): ReadonlySet<string> {
  return new Set(reports.map(({ ruleId }) => ruleId.slice(ruleId.indexOf('/') + 1)));
}
