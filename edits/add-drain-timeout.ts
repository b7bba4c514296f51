import { wouldRefuse } from '../model/read-restart.ts';
import type { Deadline, Drain, Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { boundDrain } from './deadline/bound-drain.ts';
import { canBeDeferred } from './deadline/can-be-deferred.ts';
import { chooseDeadline } from './deadline/choose-deadline.ts';
import { drainLimit } from './deadline/drain-limit.ts';
import type { DeadlineCall } from './deadline/deadline-call.ts';
import { drainObstacle, operandOf } from './deadline/drain-obstacle.ts';
import { makeAsync } from './deadline/make-async.ts';
import type { DrainTimeoutOptions } from './drain-timeout-options.ts';
import { tellTimeout } from './flag/tell-timeout.ts';
import { joinNext } from './insert-field.ts';
import type { Obstacle } from './lock-obstacle.ts';
import { markUnrestartable } from './mark-unrestartable.ts';
import type { Change, Outcome } from './outcome.ts';

const DEFAULT_TIMEOUT = 10_000;

/**
 * Lets stop wait no longer than a limit for each thing it drains, and, where start could then begin beside what hangs, lets start
 * refuse after a stop that timed out.
 */
export function addDrainTimeout(service: Service, source: Source, options: DrainTimeoutOptions = {}): Outcome | undefined {
  const { drains, facts, kind, lock } = service;
  const open = drains.filter(({ bounded }) => bounded === 'no');
  if (open.length === 0) return undefined;
  const unawaited = lock.holds.find(({ gap }) => gap?.kind === 'not-awaited');
  // What such a hold runs looks like work in the background, and may be none.
  if (unawaited !== undefined)
    return { kind: 'leftover', node: unawaited.node, why: `${unawaited.method.name}() does not wait for what it does under ${unawaited.lock.key}; that has to be mended first` };
  const works = new Map(open.flatMap((drain) => workOf(drain)));
  const obstacle = open.map((drain) => drainObstacle(service, source, drain)).find((found) => found !== undefined);
  if (obstacle !== undefined) return { kind: 'leftover', ...obstacle };
  const isTypeScript = /\.[cm]?tsx?$/.test(source.fileName);
  const call = chooseDeadline(service, source, options, !isTypeScript || [...works.values()].every((work) => canBeDeferred(work, facts)));
  if ('why' in call) return { kind: 'leftover', ...call };
  const limit = call.hasLimit ? undefined : drainLimit(service, source, options.drainTimeout ?? DEFAULT_TIMEOUT);
  const insideOf = (drain: Drain): readonly Change[] => {
    const work = works.get(drain);
    return work === undefined ? [] : boundDrain(source, facts, work, call, limit?.text ?? '');
  };
  const marked = kind === 'host-serialised' ? { changes: open.flatMap(insideOf), around: [] } : markSites(service, source, call, insideOf);
  if ('why' in marked) return { kind: 'leftover', ...marked };
  const imports = call.imports(marked.changes.some(({ text }) => text.includes(call.isTimeout(''))));
  const around = marked.around.filter((change) => !imports.some((one) => isSame(one, change)));
  const declared = (limit?.changes ?? []).map((field) => marked.changes.reduce((joined, next) => joinNext(source, joined, next), field));
  const changes = [...imports, ...declared, ...around, ...marked.changes];
  return { kind: 'edit', safety: 'review', changes, added: 'drain timeout', needs: call.needs };
}

interface Marked {
  readonly changes: readonly Change[];
  /** What stands outside of the drains and of what marks them. */
  readonly around: readonly Change[];
}

/** The host calls each hook once: only others have a next start. */
function markSites(service: Service, source: Source, call: DeadlineCall, insideOf: (drain: Drain) => readonly Change[]): Marked | Obstacle {
  const { drains, facts, restart } = service;
  const tests = new Set([call.isTimeout('error')]);
  const around: Change[] = [];
  const add = (change: Change): void => {
    if (!around.some((one) => isSame(one, change))) around.push(change);
  };
  // Deadlines that were there before, and whose timeout nothing remembers for sure.
  const isRemembered = (drain: Drain): boolean => restart.refusedAfterTimeout === 'yes' || wouldRefuse(service, drain, drain.deadline?.error) === 'yes';
  const bare = drains.filter(isBounded).filter((drain) => !isRemembered(drain));
  for (const { deadline } of bare) {
    const told = tellTimeout(source, deadline);
    if ('why' in told) return told;
    tests.add(told.isTimeout('error'));
    told.changes.forEach(add);
  }
  const sites = drains
    .filter((drain) => drain.bounded === 'no' || bare.some((one) => one === drain))
    .map((drain) => ({ drain, inside: insideOf(drain), isMadeAsync: makeAsync(facts, drain) }));
  for (const { isMadeAsync } of sites) isMadeAsync?.forEach(add);
  const isTimeout = (error: string): string => [...tests].map((test) => test.replace(/\berror\b/, error)).join(' || ');
  const marked = markUnrestartable(service, source, {
    sites: sites.map((site) => ({ ...site, isMadeAsync: site.isMadeAsync !== undefined })),
    isTimeout,
  });
  return 'why' in marked ? marked : { changes: marked, around };
}

function isBounded(drain: Drain): drain is Drain & { readonly deadline: Deadline } {
  return drain.bounded === 'yes' && drain.deadline !== undefined && drain.deadline.flaw === undefined;
}

function workOf(drain: Drain): readonly (readonly [Drain, NonNullable<ReturnType<typeof operandOf>>])[] {
  const work = operandOf(drain.node);
  return work === undefined ? [] : [[drain, work]];
}

function isSame(one: Change, other: Change): boolean {
  return one.start === other.start && one.end === other.end && one.text === other.text;
}
