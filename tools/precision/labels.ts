import callsites from '../real-code/callsites.json' with { type: 'json' };
import labelRules from '../real-code/label-rules.json' with { type: 'json' };
import classes from '../real-code/labels.json' with { type: 'json' };

/** What was judged of one rule at one class or call site. */
export interface Label {
  readonly severity: string | null;
  readonly why: string;
  /** The rules it is about, where its code has several. */
  readonly rules?: readonly string[];
  /** What was judged first, if that was wrong. */
  readonly was?: string;
}

export interface Entry {
  readonly repo: string;
  readonly commit: string;
  readonly path: string;
  readonly line: number;
  readonly class?: string;
  readonly labels: Readonly<Record<string, Label | undefined>>;
}

export const entries: readonly Entry[] = [...(classes as readonly Entry[]), ...(callsites as readonly Entry[])];

export const rulesOfCode: Readonly<Record<string, readonly string[] | undefined>> = labelRules;

/** How many labels there are about a rule. */
export interface LabelCounts {
  readonly hazard: number;
  readonly literal: number;
  readonly quiet: number;
}

export function labelCounts(rule: string): LabelCounts {
  const about = entries.flatMap(({ labels }) => Object.entries(labels)).filter(([code, label]) => isAbout(rule, code, label?.rules));
  const count = (severity: string | null): number => about.filter(([, label]) => label?.severity === severity).length;
  return { hazard: count('hazard'), literal: count('literal'), quiet: count(null) };
}

export function isAbout(rule: string, code: string, named: readonly string[] | undefined): boolean {
  return (named ?? rulesOfCode[code] ?? []).includes(rule);
}
