import type { ResolvedSettings } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import type { Finding } from '../rules/finding.ts';
import { rules } from '../rules/index.ts';
import type { Plan } from './codemod.ts';

export interface RuleFinding extends Finding {
  readonly rule: string;
}

/** What the rules, as strictly as they can be set, find in a file. */
export function findingsOf(source: Source, settings: ResolvedSettings, names?: readonly string[]): readonly RuleFinding[] {
  const asked = rules.filter(({ name }) => names === undefined || names.includes(name));
  return asked.flatMap((rule) =>
    rule.findingsIn(source, settings, rule.meta.docs.presets.strict).map((finding) => ({ ...finding, rule: rule.name })),
  );
}

/** Whether a finding is about what a plan, or a service, stands for. */
export function isAbout({ node, service }: RuleFinding, { name, node: { range } }: Pick<Plan, 'name' | 'node'>): boolean {
  return service === name && range[0] <= node.range[0] && node.range[1] <= range[1];
}
