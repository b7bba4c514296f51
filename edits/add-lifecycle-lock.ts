import type { Method, Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { someBelow } from '../model/ast/some-below.ts';
import { isFunction } from '../model/ast/is-function.ts';
import { chooseLock } from './choose-lock.ts';
import { earlyAbort } from './early-abort.ts';
import { holdLockInMethod } from './hold-lock-in-method.ts';
import { halfOf } from './locked-half.ts';
import type { LifecycleLockOptions, Style } from './lifecycle-lock-options.ts';
import { lockObstacle, type Obstacle } from './lock-obstacle.ts';
import { memberNamingOf } from './member-naming.ts';
import { narrowRunnerLock } from './narrow-runner-lock.ts';
import type { Change, Outcome } from './outcome.ts';
import { readSelfCalls } from './self-calls.ts';
import { splitLockedHalf } from './split-locked-half.ts';
import { fileStyleOf } from './text/file-style.ts';
import { waitsForStop } from './waits-for-stop.ts';
import { widenHold } from './widen-hold.ts';

const NEEDS_NO_LOCK = new Set(['delegate', 'host-serialised', 'synchronous']);

/** Makes start and stop of a service exclude each other, over their whole bodies. */
export function addLifecycleLock(service: Service, source: Source, options: LifecycleLockOptions = {}): Outcome | undefined {
  const { lock, kind } = service;
  if (NEEDS_NO_LOCK.has(kind) || (lock.start !== 'no' && lock.stop !== 'no')) return undefined;
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
  const all = [...start.methods, ...stop.methods];
  const covered = new Set(lock.holds.filter(({ covers }) => covers === 'yes').map(({ method }) => method.name));
  const open = all.filter(({ name }) => !covered.has(name));
  const obstacle = sideObstacle(service) ?? lockObstacle(service, open) ?? waitsForStop(service);
  if (obstacle !== undefined) return obstacle;
  const style = styleFor(source, options);
  const chosen = chooseLock(service, source, { ...options, style });
  if ('why' in chosen) return chosen;
  const names = all.map(({ name }) => name);
  const calls = readSelfCalls(facts, names, lock.holds.map(({ node }) => node));
  const [unwaited] = calls.unwaited;
  if (calls.obstacle !== undefined) return calls.obstacle;
  if (unwaited !== undefined && (options.lock === 'inline' || style === 'using')) {
    return { node: unwaited.node, why: `${unwaited.host}() calls this.${unwaited.name}() without waiting for it, which the inline lock may take for a deadlock` };
  }
  const naming = memberNamingOf(facts, source);
  const halves = new Map(open.map((method) => [method.name, halfOf(facts, naming, method)]));
  const split = splitLockedHalf(facts, calls, new Map([...halves].map(([name, { name: half }]) => [name, half])));
  if ('why' in split) return split;
  const changes: Change[] = [...chosen.changes, ...split.changes];
  for (const method of open) {
    const half = halves.get(method.name);
    if (half === undefined) continue;
    const abort = stop.methods.includes(method) ? earlyAbort(method, start.methods) : undefined;
    const first = abort === undefined ? undefined : source.text.slice(...abort.range);
    const held = holdOne(service, source, method, { use: chosen.use, style, half, first, needsHalf: split.halved.has(method.name) });
    if ('why' in held) return held;
    changes.push(...held);
  }
  return { changes, needs: chosen.needs };
}

function holdOne(service: Service, source: Source, method: Method, plan: Parameters<typeof holdLockInMethod>[3]): Obstacle | readonly Change[] {
  const partial = service.lock.holds.filter((hold) => hold.method.name === method.name);
  return partial.length === 0 ? holdLockInMethod(source, service.node, method, plan) : widenHold(source, service, partial, plan.needsHalf);
}

function sideObstacle({ lock, runsInPlace, start, stop }: Service): Obstacle | undefined {
  const [decorator] = lock.decorators;
  if (decorator !== undefined) return { node: decorator, why: 'has lock decorators, which hold one lock for each method' };
  if (runsInPlace === 'unknown') return { node: start.main.node, why: `${start.main.name}() waits for a loop, and it cannot be told whether the loop ends by itself` };
  const unread = [...(lock.start === 'unknown' ? start.methods : []), ...(lock.stop === 'unknown' ? stop.methods : [])];
  const unclear = unread.find(({ name, value }) => lock.holds.some(({ method }) => method.name === name) || someBelow(value.body, isFunction));
  if (unclear !== undefined) return { node: unclear.node, why: `it cannot be told whether ${unclear.name}() holds a lock` };
  return undefined;
}

/** `using` is no syntax of plain JavaScript before Node 24. */
function styleFor(source: Source, { style = 'delegate', nodeMajor }: LifecycleLockOptions): Style {
  const canUse = fileStyleOf(source).isTypeScript || (nodeMajor !== undefined && nodeMajor >= 24);
  return style === 'using' && !canUse ? 'delegate' : style;
}
