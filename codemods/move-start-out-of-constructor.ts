import { moveToNewStart } from '../edits/move-start/move-to-new-start.ts';
import { moveStart } from '../edits/move-start/move-start.ts';
import { mayHold } from '../model/prefilter.ts';
import type { Project } from '../model/project.ts';
import { basesOf } from '../model/references/bases.ts';
import { familyOf } from '../model/references/family.ts';
import { handedOnWhole } from '../model/references/handed-on-whole.ts';
import { maybeCalls, standInsOf } from '../model/references/stand-ins.ts';
import type { Method } from '../model/service.ts';
import { type Construction, factsOf } from '../model/services-of.ts';
import type { Source } from '../model/source.ts';
import { defineProjectCodemod } from './define-project-codemod.ts';
import type { ProjectLeftover, ProjectOptions, ProjectPlan } from './project-codemod.ts';
import { resolveSettings } from './resolve-settings.ts';

/** Makes constructors only construct: what they have begun is begun by start, and whoever constructs an instance starts it. */
export default defineProjectCodemod({
  name: 'move-start-out-of-constructor',
  description: 'Move what a constructor begins into start, and start each instance where it is made',
  mends: ['no-start-in-constructor'],
  // What is made, started and stopped in one place was so before, and so was the work in the background, out of sight of these rules.
  reveals: ['no-started-provider', 'prefer-await-using', 'require-async-dispose', 'require-drain-timeout'],
  mayConcern: (text, { settings }) => mayHold('stoppables', text, settings?.pairs),
  planProject: (project, files, options) =>
    files.flatMap((file): readonly ProjectPlan[] => {
      const source = project.sourceOf(file);
      if (source === undefined) return [];
      const { constructions } = factsOf(source, resolveSettings(options.settings));
      return constructions.map((found) => planFor(project, { file, source, found }, options));
    }),
});

interface Found {
  readonly file: string;
  readonly source: Source;
  readonly found: Construction;
}

function planFor(project: Project, { file, source, found: { facts, starts } }: Found, options: ProjectOptions): ProjectPlan {
  const { name, node } = facts;
  const plan = { name, node, file };
  const leave = (first: ProjectLeftover, ...others: readonly ProjectLeftover[]): ProjectPlan => ({ ...plan, outcome: { kind: 'leftover', left: [first, ...others] } });
  const begun = starts[0]?.node ?? node;
  const settings = resolveSettings(options.settings);
  const service = factsOf(source, settings).services.find((one) => one.node === node);
  const family = familyOf(project, { file, source, facts });
  const heir = family.members.slice(1).find((member) => factsOf(member.source, settings).constructions.some((one) => one.facts.node === member.facts.node));
  if (heir !== undefined) return leave({ file: heir.file, node: heir.facts.node, why: `${heir.facts.name}, which extends it, begins something in its own construction` });
  const callsOf = (method: Method): number => project.referencesTo({ file, offset: method.node.key.range[0] }).length;
  const moved = service === undefined ? moveToNewStart({ bases: basesOf(project, { file, source, facts }), begun: starts, family, settings }) : moveStart({ service, begun: starts, family, factory: options.factory ?? false, callsOf });
  const [whole, ...more] = moved.kind === 'edit' ? [...handedOnWhole(project, family), ...standInsOf(project, family, moved.method), ...(moved.isNew ? maybeCalls(project, moved.method) : [])] : [];
  if (whole !== undefined) return leave(whole, ...more);
  if (moved.kind === 'edit') return { ...plan, outcome: { kind: 'edit', changes: moved.changes, added: moved.added, needs: [], mayMakeService: service === undefined } };
  const [first, ...others] = moved.left;
  return first === undefined ? leave({ file, node: begun, why: 'it could not be read' }) : leave(first, ...others);
}
