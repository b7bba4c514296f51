import type { TSESTree } from '@typescript-eslint/utils';
import { functionAround } from '../../model/ast/parents.ts';
import { lineOf } from '../../model/line-of.ts';
import type { StartedHere } from '../../model/ownership/started-here.ts';
import type { Project } from '../../model/project.ts';
import { startedHereOf } from '../../model/read-call-sites.ts';
import { unstoppedOf } from '../../model/read-unstopped.ts';
import { signalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';
import type { Change, Edit, Outcome } from '../outcome.ts';
import type { ProjectLeftover, ProjectPlan } from '../project-plan.ts';
import { useAwaitUsing } from '../use-await-using.ts';
import { declareUsing } from './declare-using.ts';
import { projectTarget, type UsingOptions } from './project-target.ts';
import { sharedIn } from './stack-source.ts';
import type { UsingTarget } from './using-target.ts';

/** What is about one or more call sites. */
interface Mended {
  readonly found: readonly [Pick<StartedHere, 'node' | 'owner'>, ...Pick<StartedHere, 'node' | 'owner'>[]];
  readonly outcome: Outcome;
}

/** One plan for each function or module that starts something, by the name of the outermost one, and one more for what is left of it. */
export function planCallSites(project: Project, files: readonly string[], options: UsingOptions): readonly ProjectPlan[] {
  return files.flatMap((file) => {
    const source = project.sourceOf(file);
    if (source === undefined) return [];
    const found = startedHereOf(source);
    const unstopped = unstoppedOf(source, options.settings);
    if (found.length === 0 && unstopped.length === 0) return [];
    const target = projectTarget(project, file, source, options);
    const byOwner = new Map<TSESTree.Node, Mended[]>();
    const forgotten = unstopped.map((one): Mended => ({ found: [{ node: one.start, owner: one.owner }], outcome: declareUsing(one, source, target) }));
    for (const together of [...useAwaitUsing(found, source, target), ...forgotten]) {
      const owner = functionAround(together.found[0].node, signalFile(source.program)) ?? source.program;
      byOwner.set(owner, [...(byOwner.get(owner) ?? []), together]);
    }
    return Array.from(byOwner, ([node, all]) => plansOf(node, all, { file, source, target })).flat();
  });
}

interface Where {
  readonly file: string;
  readonly source: Source;
  readonly target: UsingTarget;
}

function plansOf(node: TSESTree.Node, all: readonly Mended[], { file, source, target }: Where): readonly ProjectPlan[] {
  const edits: { readonly edit: Edit; readonly found: Mended['found'] }[] = [];
  const left: ProjectLeftover[] = [];
  for (const { outcome, found } of all) {
    if (outcome.kind === 'leftover') {
      if (!left.some(({ node: at, why }) => at === outcome.node && why === outcome.why)) left.push({ file, node: outcome.node, why: outcome.why });
      continue;
    }
    const other = edits.find(({ edit }) => cross(ownIn(edit.changes, target), ownIn(outcome.changes, target)));
    if (other === undefined) edits.push({ edit: outcome, found });
    else left.push({ file, node: found[0].node, why: `stands amid what has to be done about line ${String(lineOf(source, other.found[0].node))}: run this again after that` });
  }
  const about = { name: all[0]?.found[0].owner ?? '', node, file };
  const [first, ...others] = left;
  const added = [...new Set(edits.map(({ edit }) => edit.added))].join(', ');
  const changes = new Set(edits.flatMap(({ edit }) => edit.changes));
  const needs = new Set(edits.flatMap(({ edit }) => edit.needs));
  return [
    ...(edits.length === 0 ? [] : [{ ...about, outcome: { kind: 'edit', changes: new Map([[file, [...changes]]]), added, needs: [...needs] } } as const]),
    ...(first === undefined ? [] : [{ ...about, outcome: { kind: 'leftover', left: [first, ...others] } } as const]),
  ];
}

function ownIn(changes: readonly Change[], { stack }: UsingTarget): readonly Change[] {
  const shared = sharedIn(changes, stack);
  return changes.filter((change) => !shared.includes(change));
}

/** Whether each has something to change amid what the other changes. */
function cross(one: readonly Change[], other: readonly Change[]): boolean {
  return reaches(one, other) && reaches(other, one);
}

function reaches(one: readonly Change[], other: readonly Change[]): boolean {
  const [first, last] = [Math.min(...other.map(({ start }) => start)), Math.max(...other.map(({ end }) => end))];
  return one.some(({ start, end }) => start <= last && end >= first);
}
