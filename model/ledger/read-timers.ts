import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { calleeText } from '../ast/callee-text.ts';
import type { Keep, Release, Task, Timer } from './ledger.ts';
import type { Fact } from '../service.ts';
import { actsOn } from './acts-on.ts';
import { follow } from './follow.ts';
import { isGated } from './gate.ts';
import { joinsWork } from './joins-work.ts';
import { keepOf, type Kept } from './keep-of.ts';
import { obstacleOf } from './obstacle-of.ts';
import { rearmedFrom } from './rearmed-from.ts';
import { revivedAfter } from './revived-after.ts';
import type { LedgerScope } from './scope.ts';
import { settledBy } from './settled-by.ts';
import { strandedBy } from './stranded-by.ts';
import type { TimerCode } from './timer-code.ts';

/** The timers that a class sets. */
export function readTimers(scope: LedgerScope, tasks: readonly Task[]): readonly Timer[] {
  const kept = scope.timers.map((timer) => ({ timer, kept: keepOf(timer.node, scope.code) }));
  const byPlace = new Map<string, TSESTree.Node[]>();
  for (const { timer, kept: own } of kept) {
    const place = placeOf(own.keep);
    if (place === undefined) continue;
    const nodes = byPlace.get(place) ?? [];
    byPlace.set(place, nodes);
    nodes.push(timer.node);
  }
  return kept.map(({ timer, kept: own }) => timerOf(timer, own, byPlace.get(placeOf(own.keep) ?? '') ?? [], scope, tasks));
}

/** Told apart from other places in which timers of the class are kept; locals of one name may be different ones. */
function placeOf(keep: Keep): string | undefined {
  return 'name' in keep && keep.in !== 'local' ? `${keep.in} ${keep.name}` : undefined;
}

function timerOf(timer: TimerCode, kept: Kept, same: readonly TSESTree.Node[], scope: LedgerScope, tasks: readonly Task[]): Timer {
  const { code, reach } = scope;
  const { node, what, callback, isRecurring } = timer;
  const releases = kept.uses.flatMap((use): Release[] => {
    if (use.kind !== 'release') return [];
    return [{ node: use.node, method: code.memberOf.get(use.node)?.name ?? '', isInStop: reach.isInStop(use.node) }];
  });
  const released = releasedFact(kept, releases, scope);
  const isCleared = released === 'yes';
  const settled = settledBy(node, callback, code);
  const gated = callback !== undefined && isGated(callback, code);
  return Object.freeze({
    kind: 'timer',
    node,
    text: calleeText(node),
    method: code.memberOf.get(node)?.name ?? '',
    origins: reach.originsOf(node),
    keep: kept.keep,
    released,
    releases: Object.freeze(releases),
    what,
    callback,
    isRecurring,
    settles: settled !== undefined,
    acts: callback !== undefined && !gated && actsOn(timer, settled, code),
    feeds: callback !== undefined && joinsWork(callback, scope),
    unrefed: unrefedFact(timer, kept, scope),
    rearmed: rearmedFrom(timer, kept, same, scope),
    revived: isCleared && what === 'timeout' && !gated ? revivedAfter(timer, same, scope, tasks) : undefined,
    obstacle: isCleared ? obstacleOf(releases, scope) : undefined,
    strands: isCleared ? strandedBy(timer, callback, releases, scope, tasks) : undefined,
  });
}

const STOPS = /^(?:\[|_*(?:clean|clear|close|destroy|disable|disconnect|dispose|end|halt|kill|reset|shut|stop|teardown|terminate|unload))/i;

function releasedFact({ keep, uses }: Kept, releases: readonly Release[], { code, isDeclared }: LedgerScope): Fact {
  if (keep.in === 'nowhere') return 'no';
  if (keep.in === 'elsewhere' || code.hasAlias) return 'unknown';
  if (releases.some(({ isInStop }) => isInStop)) return 'yes';
  if (keep.in === 'local') return releases.length > 0 ? 'yes' : 'no';
  if (keep.in !== 'property' && code.hasUnknownBase && !isDeclared(keep.name)) return 'unknown';
  if (uses.some(({ kind }) => kind === 'escape')) return 'unknown';
  // A method that is there to end something: whoever stops the service may call it too.
  return releases.some(({ method }) => STOPS.test(method) && code.members.get(method)?.isPublic === true) ? 'unknown' : 'no';
}

function unrefedFact({ node }: TimerCode, { keep, uses }: Kept, { code }: LedgerScope): Fact {
  const { through } = follow(node, code);
  if (through.some((call) => calleeName(call) === 'unref') || uses.some(({ kind }) => kind === 'unref')) return 'yes';
  return keep.in === 'elsewhere' || uses.some(({ kind }) => kind === 'escape') ? 'unknown' : 'no';
}
