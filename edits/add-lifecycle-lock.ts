import { managesItself } from '../model/manages-itself.ts';
import type { Method, Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { someBelow } from '../model/ast/some-below.ts';
import { isFunction } from '../model/ast/is-function.ts';
import { chooseLock, isForOtherThings } from './choose-lock.ts';
import { closesWhatStopsIt } from './closes-what-stops-it.ts';
import { earlyAbort } from './early-abort.ts';
import { holdLockInMethod, type HoldPlan } from './hold-lock-in-method.ts';
import { halfOf } from './locked-half.ts';
import type { LifecycleLockOptions } from './lifecycle-lock-options.ts';
import { lockObstacle, type Obstacle } from './lock-obstacle.ts';
import type { LockUse } from './lock-use.ts';
import { memberNamingOf } from './member-naming.ts';
import { narrowRunnerLock } from './narrow-runner-lock.ts';
import { interruptsStart } from './interrupts-start.ts';
import { mayNeverSettle } from './may-never-settle.ts';
import type { Change, Outcome } from './outcome.ts';
import { passesByLock } from './passes-by-lock.ts';
import { restartsByHalves } from './restarts-by-halves.ts';
import { readSelfCalls } from './self-calls.ts';
import { splitLockedHalf } from './split-locked-half.ts';
import { styleFor } from './style-for.ts';
import { waitsForCallback } from './waits-for-callback.ts';
import { waitsForStop } from './waits-for-stop.ts';
import { widenHold } from './widen-hold.ts';

/** Makes start and stop of a service exclude each other, over their whole bodies. */
export function addLifecycleLock(service: Service, source: Source, options: LifecycleLockOptions = {}): Outcome | undefined {
  const { lock, kind } = service;
  const isHeld = lock.start !== 'no' && lock.stop !== 'no' && lock.overLoop.length === 0;
  if (!managesItself(service) || isHeld) return undefined;
  const planned = kind === 'in-place runner' ? narrowRunnerLock(service, source, options) : planLock(service, source, options);
  if ('why' in planned) return { kind: 'leftover', ...planned };
  return { kind: 'edit', safety: 'review', added: 'lifecycle lock', ...planned };
}

interface LockPlan {
  readonly changes: readonly Change[];
  readonly needs: readonly { readonly specifier: string; readonly kind: 'file' | 'package' }[];
}

function planLock(service: Service, source: Source, options: LifecycleLockOptions): LockPlan | Obstacle {
  const { facts, lock, start, stop } = service;
  const all = [...start.methods, ...stop.methods, ...restartsByHalves(service)];
  const covered = new Set(lock.holds.filter(({ covers }) => covers === 'yes').map(({ method }) => method.name));
  const open = all.filter(({ name }) => !covered.has(name));
  const obstacle = sideObstacle(service) ?? lockObstacle(service, open) ?? waitsForStop(service) ?? waitsForCallback(service) ?? mayNeverSettle(service) ?? interruptsStart(service) ?? closesWhatStopsIt(service);
  if (obstacle !== undefined) return obstacle;
  const style = styleFor(source, options);
  const chosen = chooseLock(service, source, { ...options, style });
  if ('why' in chosen) return chosen;
  const names = all.map(({ name }) => name);
  const calls = readSelfCalls(
    service,
    names,
    lock.holds.map(({ node }) => node),
  );
  const [unwaited] = calls.unwaited;
  if (calls.obstacle !== undefined) return calls.obstacle;
  if (unwaited !== undefined && (options.lock === 'inline' || style === 'using')) {
    return {
      node: unwaited.node,
      why: `${unwaited.host}() calls this.${unwaited.name}() without waiting for it, which the inline lock may take for a deadlock`,
    };
  }
  const [handed] = options.lock === 'inline' && style !== 'using' ? calls.handedOut : [];
  if (handed !== undefined) {
    const why = `${handed.host}() hands out this.${handed.name}(), which the inline lock would take for a deadlock if it were called before ${handed.host}() is done`;
    return { node: handed.node, why };
  }
  const naming = memberNamingOf(facts, source);
  const halves = new Map(open.map((method) => [method.name, halfOf(facts, naming, method)]));
  const split = splitLockedHalf(facts, calls, new Map([...halves].map(([name, { name: half }]) => [name, half])));
  if ('why' in split) return split;
  const changes: Change[] = [...chosen.changes, ...split.changes];
  const passing = passesByLock(service);
  const widened = passing === undefined ? [] : widenHold(source, facts, { ...passing, gap: { kind: 'check-before', node: passing.node } });
  if ('why' in widened) return widened;
  changes.push(...widened);
  for (const method of open) {
    const half = halves.get(method.name);
    if (half === undefined) continue;
    const abort = stop.methods.includes(method) ? earlyAbort(facts, method, start.methods) : undefined;
    const first = abort && source.text.slice(...abort.range);
    const held = holdOne(service, source, method, chosen.use, { style, half, first, needsHalf: split.halved.has(method.name) });
    if ('why' in held) return held;
    changes.push(...held);
  }
  return { changes, needs: chosen.needs };
}

function holdOne(
  service: Service,
  source: Source,
  method: Method,
  use: LockUse | undefined,
  plan: Omit<HoldPlan, 'use'>,
): Obstacle | readonly Change[] {
  const { holds, lifecycle } = service.lock;
  const own = isForOtherThings(service) ? [] : holds.filter((hold) => hold.method.name === method.name && hold.lock.key === lifecycle?.key);
  const [partial, ...more] = own;
  const called = `${method.name}()`;
  if (partial === undefined) {
    if (use !== undefined) return holdLockInMethod(source, service.node, method, { ...plan, use });
    return {
      node: method.node,
      why: `${called} does not hold ${lifecycle?.key ?? 'the lock'}, whose use elsewhere in the class cannot be repeated by copying it`,
    };
  }
  if (more.length > 0) return { node: partial.node, why: `${called} takes ${partial.lock.key} more than once` };
  if (plan.needsHalf)
    return { node: partial.node, why: `${called} holds ${partial.lock.key} over part of its body and is called under that lock` };
  return widenHold(source, service.facts, partial);
}

function sideObstacle({ lock, runsInPlace, start, stop }: Service): Obstacle | undefined {
  const [decorator] = lock.decorators;
  if (decorator !== undefined) return { node: decorator, why: 'has lock decorators, which hold one lock for each method' };
  if (runsInPlace === 'unknown')
    return { node: start.main.node, why: `${start.main.name}() waits for a loop, and it cannot be told whether the loop ends by itself` };
  const unread = [...(lock.start === 'unknown' ? start.methods : []), ...(lock.stop === 'unknown' ? stop.methods : [])];
  const unclear = unread.find(
    ({ name, value }) => lock.holds.some(({ method }) => method.name === name) || someBelow(value.body, isFunction),
  );
  if (unclear !== undefined) return { node: unclear.node, why: `it cannot be told whether ${unclear.name}() holds a lock` };
  return undefined;
}
