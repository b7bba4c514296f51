import { dirname } from 'node:path';
import type { RuleReport } from '../../codemods/rule-reports.ts';
import type { Engine } from '../engine.ts';
import type { Plan } from '../planning/plan.ts';
import type { SettingsReader } from '../settings/read-settings.ts';
import type { RuleKnowledge } from './report-results.ts';
import { toSlashes } from '../files/to-slashes.ts';

/** Asks the rules about the files in which a run would mend or leave something. */
export async function readRuleKnowledge({ plan }: { readonly plan: Pick<Plan, 'files'> }, engine: Pick<Engine, 'codemods' | 'loadRules' | 'projectCodemods'>, settings: SettingsReader): Promise<RuleKnowledge> {
  const rules = await engine.loadRules();
  const mends = new Map([...engine.codemods, ...engine.projectCodemods].map((codemod) => [codemod.name, codemod.mends] as const));
  const reports = new Map<string, readonly RuleReport[]>();
  for (const { path, before, services } of plan.files) {
    const codemods = new Set(services.flatMap(({ added, left }) => [...added, ...left].map(({ codemod }) => codemod)));
    const names = new Set([...codemods].flatMap((codemod) => mends.get(codemod) ?? []));
    if (names.size === 0) continue;
    const file = { fileName: toSlashes(path), text: before.replace(/^\uFEFF/, '') };
    reports.set(path, rules.reportsOf(file, [...names], await settings.read(dirname(path))));
  }
  return { reports, mends, pageOf: rules.pageOf };
}
