import { parentsOf } from '../../model/ast/parents.ts';
import type { StartedProvider } from '../../model/ownership/started-provider.ts';
import type { Project } from '../../model/project.ts';
import { startedProvidersOf } from '../../model/read-providers.ts';
import { DEFAULT_SETTINGS, type ResolvedSettings } from '../../model/settings.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import type { ProjectLeftover } from '../project-plan.ts';
import { BY_CONTAINER, callersOf } from './callers-of.ts';
import type { PlannedStart, ProviderPlan } from './provider-plan.ts';
import { resolvedOnce } from './resolved-once.ts';
import { startAt } from './start-at.ts';
import { unstart } from './unstart.ts';

/** Lets providers hand out what they make unstarted, and every one of their callers start it; or leaves the provider, with all that stands against it. */
export function planProviders(project: Project, files: readonly string[], settings: ResolvedSettings = DEFAULT_SETTINGS): readonly ProviderPlan[] {
  return files.flatMap((file) => {
    const source = project.sourceOf(file);
    if (source === undefined) return [];
    return startedProvidersOf(source, settings).map((provider): ProviderPlan => ({ name: provider.name, node: provider.fn, file, outcome: outcomeOf(provider, { project, file, source }) }));
  });
}

interface Where {
  readonly project: Project;
  readonly file: string;
  readonly source: Source;
}

function outcomeOf(provider: StartedProvider, { project, file, source }: Where): ProviderPlan['outcome'] {
  const unstarted = unstart(provider, source);
  if ('why' in unstarted) return leave([{ file, ...unstarted }]);
  const { fn } = provider;
  const isInline = provider.kind === 'container' && isWrittenInto(fn, source);
  const resolved = isInline ? resolvedOnce(project, file, source, fn) : undefined;
  if (isInline && resolved === undefined) return leave([{ file, node: fn, why: BY_CONTAINER }]);
  const callers = resolved === undefined ? callersOf(project, file, source, fn) : { calls: [resolved], left: [] };
  const left = [...callers.left];
  const changes = new Map<string, readonly Change[]>([[file, unstarted.changes]]);
  const starts: PlannedStart[] = [];
  for (const at of callers.calls) {
    const change = startAt(at, unstarted);
    if ('why' in change) left.push({ file: at.file, ...change });
    else {
      changes.set(at.file, [...(changes.get(at.file) ?? []), change]);
      starts.push({ file: at.file, node: at.call, change });
    }
  }
  const [first, ...others] = left;
  if (first !== undefined) return leave([first, ...others]);
  return { kind: 'edit', changes, starts, added: `a start of ${provider.variable} by whoever calls it`, needs: [] };
}

function leave(left: readonly [ProjectLeftover, ...ProjectLeftover[]]): ProviderPlan['outcome'] {
  return { kind: 'leftover', left };
}

/** `useFactory: async () => …`, and not a function that has a name of its own. */
function isWrittenInto(fn: StartedProvider['fn'], { program }: Source): boolean {
  const parent = parentsOf(program).get(fn);
  return fn.type !== 'FunctionDeclaration' && parent?.type !== 'VariableDeclarator';
}
