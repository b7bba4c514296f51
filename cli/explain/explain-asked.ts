import { askedOf, type Requirement } from '../../model/asked-of.ts';
import type { ServiceKind } from '../../model/service.ts';
import type { ExplainedRequirement, Opinion, Verdict } from './explanation.ts';

const RULES: Readonly<Record<Requirement, readonly string[]>> = {
  lock: ['require-lifecycle-lock', 'no-partial-lifecycle-lock'],
  deadline: ['require-drain-timeout'],
  flag: ['require-unrestartable-flag'],
  dispose: ['require-async-dispose'],
};

/** A report outweighs what cannot be told, and that what is there. */
const BY_WEIGHT: readonly Opinion['outcome'][] = ['reported', 'unknown', 'kept', 'not asked'];

/** What is asked of a kind, and whether the rules miss it in this service: a deadline is for who waits for something. */
export function explainAsked(kind: ServiceKind, verdicts: readonly Verdict[]): readonly ExplainedRequirement[] {
  return [...askedOf(kind)].map(([requirement, what]) => {
    const own = verdicts.filter(({ rule }) => RULES[requirement].includes(rule));
    const [recommended, strict] = (['recommended', 'strict'] as const).map((preset) => weightiest(own.map((verdict) => verdict[preset])));
    return { requirement, what, recommended: recommended?.outcome ?? 'not asked', strict: strict?.outcome ?? 'not asked', why: strict?.why ?? '' };
  });
}

function weightiest(opinions: readonly Opinion[]): Opinion | undefined {
  return opinions.toSorted((one, other) => BY_WEIGHT.indexOf(one.outcome) - BY_WEIGHT.indexOf(other.outcome))[0];
}
