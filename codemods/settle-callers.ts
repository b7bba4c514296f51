import type { Change, Need } from '../edits/outcome.ts';
import type { PlannedStart, ProviderPlan } from '../edits/providers/provider-plan.ts';
import { planCallSites } from '../edits/using/plan-call-sites.ts';
import type { Project } from '../model/project.ts';
import type { Source } from '../model/source.ts';
import { applyChanges } from './apply-changes.ts';
import { findingsOf } from './findings-of.ts';
import type { ProjectOptions, ProjectPlan } from './project-codemod.ts';
import { resolveSettings } from './resolve-settings.ts';
import { newReport } from './verify-edits.ts';

/** The rule that looks at whoever starts something. */
const RULE = 'prefer-await-using';
const UNSURE = 'could be started here, but then nothing is sure to stop it: let its caller stop it in a `finally` first';

/** Who is to start something has to be sure to stop it: that is mended together with the provider, or else the provider is left. */
export function settleCallers(plan: ProviderPlan, project: Project, options: ProjectOptions): ProjectPlan {
  const { outcome } = plan;
  if (outcome.kind === 'leftover') return plan;
  const settings = resolveSettings(options.settings);
  const files = [...outcome.changes.keys()];
  const started = project.withTexts(new Map(Array.from(outcome.changes, ([file, changes]) => [file, applyChanges(textOf(project, file), changes)])));
  const sites = planCallSites(started, files, { ...options, settings }).flatMap(({ file, node, outcome: site }) => {
    const offsets = outcome.starts.filter((start) => start.file === file).map((start) => startIn(start, outcome.changes.get(file) ?? []));
    const isCaller = offsets.some((offset) => node.range[0] <= offset && offset < node.range[1]);
    return isCaller && site.kind === 'edit' ? [{ file, changes: site.changes.get(file) ?? [], site }] : [];
  });
  const settled = started.withTexts(new Map(sites.map(({ file }) => [file, applyChanges(textOf(started, file), [...new Set(sites.flatMap((one) => (one.file === file ? one.changes : [])))])])));
  const reports = (source: Source | undefined): ReturnType<typeof findingsOf> => (source === undefined ? [] : findingsOf(source, settings, [RULE]));
  const unsure = outcome.starts.filter(({ file }) => newReport(reports(project.sourceOf(file)), reports(settled.sourceOf(file))) !== undefined);
  const [first, ...others] = unsure.map(({ file, node }) => ({ file, node, why: UNSURE }));
  if (first !== undefined) return { ...plan, outcome: { kind: 'leftover', left: [first, ...others] } };
  const changes = new Map(outcome.changes);
  for (const { file } of sites) changes.set(file, [changeBetween(textOf(project, file), textOf(settled, file))]);
  const needs: Need[] = sites.flatMap(({ site }) => site.needs);
  const added = [...new Set([outcome.added, ...sites.map(({ site }) => site.added)])].join(', ');
  return { ...plan, outcome: { kind: 'edit', changes, added, needs } };
}

function textOf(project: Project, file: string): string {
  return project.sourceOf(file)?.text ?? '';
}

/** Where the start stands in the text that has it. */
function startIn({ change }: PlannedStart, made: readonly Change[]): number {
  return made.reduce((at, { start, end, text }) => (start < change.start ? at + text.length - (end - start) : at), change.start);
}

/** The one change that makes a text of another. */
function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}
