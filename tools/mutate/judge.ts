import { findingsOf, type RuleFinding } from '../../codemods/findings-of.ts';
import { parse } from '../../codemods/parse.ts';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import type { Source } from '../../model/source.ts';
import { rules } from '../../rules/index.ts';

export type Preset = 'recommended' | 'strict';

/** What the rules of a preset say of a text, as `rule class`, each as often as it is said. */
export function reportsOf(source: Source, preset: Preset): readonly string[] {
  if (preset === 'strict') return findingsOf(source, DEFAULT_SETTINGS).map(nameOf);
  return rules.flatMap((rule) => {
    const options = rule.meta.docs.presets.recommended;
    return options === undefined ? [] : rule.findingsIn(source, DEFAULT_SETTINGS, options).map((finding) => nameOf({ ...finding, rule: rule.name }));
  });
}

function nameOf({ rule, messageId, service }: RuleFinding): string {
  return `${rule} ${messageId} ${service}`;
}

/** The rules that say of the mutant what they do not say of the original. */
export function newReports(original: Source, mutant: Source, preset: Preset): ReadonlySet<string> {
  const left = new Map<string, number>();
  for (const report of reportsOf(original, preset)) left.set(report, (left.get(report) ?? 0) + 1);
  const found = new Set<string>();
  for (const report of reportsOf(mutant, preset)) {
    const count = left.get(report) ?? 0;
    if (count > 0) left.set(report, count - 1);
    else found.add(report.split(' ', 1).join(''));
  }
  return found;
}

/** A text that can run, or undefined. */
export function parseWhole(path: string, text: string): Source | undefined {
  try {
    return parse(path, text, true);
  } catch {
    return undefined;
  }
}
