import type { Run } from '../restart/run-method.ts';
import type { State } from '../restart/state.ts';
import type { StartupHazard } from '../service.ts';
import { isAsBefore } from './is-as-before.ts';
import { gives, isInherited, mayRelease } from './may-release.ts';
import type { Fields } from './memo-runs.ts';
import type { Failure } from './read-failure.ts';
import type { Resource } from './resource.ts';
import type { StartupScope } from './startup-scope.ts';

/**
 * What becomes of a resource that a failed start has left: `lost` where stop does not give it back either, `again` where the next start
 * acquires it a second time. Undefined where a flag that start sets first lets stop give it back, and where it cannot be told.
 */
export function hazardOf(resource: Resource, failure: Failure, scope: StartupScope): StartupHazard | undefined {
  const { ends } = failure;
  const within = ends.filter(({ trace }) => trace?.before.has(resource.node));
  if (within.every(({ fields }) => isReleasedByStop(fields, resource, scope) === false)) return 'lost';
  if (isEnsured(resource, scope)) return undefined;
  const isAgain = within.every((end) => acquiresAgain(end, resource, failure, scope));
  return isAgain && !within.some(({ fields }) => isOpenedByFlag(fields, resource, scope)) ? 'again' : undefined;
}

/** What other methods come by too, whenever they need it, is made to be done again. */
function isEnsured({ node }: Resource, { code, reach, sides }: StartupScope): boolean {
  const isStart = (name: string | undefined): boolean => sides.start.methods.some((method) => method.name === name);
  const member = code.memberOf.get(node);
  if (member === undefined || isStart(member.name)) return false;
  return (code.mentions.get(member.name) ?? []).some((use) => {
    const { name } = code.memberOf.get(use) ?? {};
    return name !== member.name && !isStart(name) && reach.originsOf(use).has('call');
  });
}

/** Whether stop may give it back from what the fields hold; undefined where that cannot be told. */
function isReleasedByStop(fields: Fields, resource: Resource, scope: StartupScope): boolean | undefined {
  const runs = scope.sides.stop.methods.map((stop) => scope.runFrom(stop, 'stop', fields));
  if (runs.some(({ cut }) => cut)) return undefined;
  return runs.some((run) => mayReleaseIn(run, resource, scope));
}

const released = new WeakMap<Run, Map<Resource, boolean>>();

/** Most failures find the same runs. */
function mayReleaseIn(run: Run, resource: Resource, scope: StartupScope): boolean {
  const known = released.get(run) ?? new Map<Resource, boolean>();
  released.set(run, known);
  const isReleased = known.get(resource) ?? run.ends.some(({ state }) => [...(state.trace?.before.keys() ?? [])].some((call) => mayRelease(call, resource, scope)));
  known.set(resource, isReleased);
  return isReleased;
}

function acquiresAgain({ fields, trace: first }: State, resource: Resource, { start, node: fails }: Failure, scope: StartupScope): boolean {
  const isCleared = (trace: State['trace']): boolean => {
    const calls = [...(trace?.before.keys() ?? [])];
    return calls.slice(0, calls.indexOf(resource.node)).some((call) => isInherited(call, scope.code) || gives(call, resource, scope));
  };
  if (isCleared(first)) return false;
  if (isAsBefore(fields, fails, scope)) return true;
  const { ends, cut } = scope.runFrom(start, 'start', fields);
  if (cut || ends.length === 0) return false;
  return ends.every(({ state: { trace } }) => trace?.before.get(resource.node) === true && !isCleared(trace));
}

/** Whether start has set a flag without which stop would not give it back: who sets it first leaves the rest to stop. */
function isOpenedByFlag(fields: Fields, resource: Resource, scope: StartupScope): boolean {
  return [...fields].some(([field, vals]) => {
    if (field === resource.field || vals.some(({ kind }) => kind !== 'constant')) return false;
    const without = new Map(fields);
    without.set(field, scope.world.initial(field));
    return isReleasedByStop(without, resource, scope) === false;
  });
}
