import { findingsOf, type RuleFinding } from '../../codemods/findings-of.ts';
import { parse } from '../../codemods/parse.ts';
import type { Change } from '../../edits/outcome.ts';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import type { Source } from '../../model/source.ts';
import { rules } from '../../rules/index.ts';

export const PRESETS = ['strict', 'recommended', 'recommended-typed'] as const;
export type Preset = (typeof PRESETS)[number];

/** Compares what the rules of a preset say of a file with what they say of its mutants. */
export class Judge {
  readonly preset: Preset;
  /** Whether anything is wrong with the original. */
  readonly finds: boolean;
  readonly #known: readonly RuleFinding[];
  readonly #found = new WeakMap<Source, ReadonlySet<string>>();

  constructor(source: Source, preset: Preset) {
    this.preset = preset;
    this.#known = findingsIn(source, preset);
    this.finds = this.#known.length > 0;
  }

  /** The rules that say of the mutant what they do not say of the original, or say it of another place: many name only the worst of a class. */
  newReports(mutant: Source, changes: readonly Change[]): ReadonlySet<string> {
    const found = this.#found.get(mutant) ?? this.#compare(mutant, changes);
    this.#found.set(mutant, found);
    return found;
  }

  #compare(mutant: Source, changes: readonly Change[]): ReadonlySet<string> {
    const sorted = changes.toSorted((a, b) => a.start - b.start);
    const left = new Map<string, number>();
    for (const finding of this.#known) {
      const key = keyOf(finding, placeIn(sorted, finding.node.range[0]));
      left.set(key, (left.get(key) ?? 0) + 1);
    }
    const found = new Set<string>();
    for (const finding of findingsIn(mutant, this.preset)) {
      const key = keyOf(finding, placeBefore(sorted, finding.node.range[0]));
      const count = left.get(key) ?? 0;
      if (count > 0) left.set(key, count - 1);
      else found.add(finding.rule);
    }
    return found;
  }
}

function findingsIn({ types, ...source }: Source, preset: Preset): readonly RuleFinding[] {
  if (preset === 'strict') return findingsOf(source, DEFAULT_SETTINGS);
  return rules.flatMap((rule) => {
    const options = (preset === 'recommended-typed' ? rule.meta.docs.presets['recommended-typed'] : undefined) ?? rule.meta.docs.presets.recommended;
    const asked = options !== undefined && 'types' in options && types !== undefined ? { ...source, types } : source;
    return options === undefined ? [] : rule.findingsIn(asked, DEFAULT_SETTINGS, options).map((finding) => ({ ...finding, rule: rule.name }));
  });
}

function keyOf({ rule, messageId, service }: RuleFinding, place: string): string {
  return `${rule} ${messageId} ${service} ${place}`;
}

/** An offset of the original; all within one change are one place. */
function placeIn(changes: readonly Change[], offset: number): string {
  const index = changes.findIndex(({ start, end }) => start <= offset && offset < end);
  return index === -1 ? String(offset) : `change ${index}`;
}

/** The same for an offset of the mutant. */
function placeBefore(changes: readonly Change[], offset: number): string {
  let shift = 0;
  for (const [index, { start, end, text }] of changes.entries()) {
    if (offset < start + shift) break;
    if (offset < start + shift + text.length) return `change ${index}`;
    shift += text.length - (end - start);
  }
  return String(offset - shift);
}

/** A text that can run, or undefined. */
export function parseWhole(path: string, text: string): Source | undefined {
  try {
    return parse(path, text, true);
  } catch {
    return undefined;
  }
}
