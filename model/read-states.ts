import { isWait } from './flow/between.ts';
import type { Flows } from './races/flows.ts';
import { isClosedByLock } from './races/kept-apart.ts';
import type { Fact, RaceKind, Service } from './service.ts';
import type { Change, StateName, States } from './states.ts';

type Known = Pick<Service, 'drains' | 'kind' | 'lock' | 'races' | 'restart' | 'start' | 'startup' | 'stop'>;

/**
 * The states of a service, told from its other facts: one that waits while it starts is `starting`, and what a call does that comes then
 * is told by the races. A flow that could not be followed to its end makes these `unknown`.
 */
export function readStates(service: Known, flows: Flows): States {
  const { restart, drains } = service;
  const mayStart = flows.start.steps.some(isWait);
  const mayStop = flows.stop.steps.some(isWait);
  const mayTimeOut = drains.length > 0;
  const names: readonly StateName[] = ['new', ...(mayStart ? ['starting' as const] : []), 'running', ...(mayStop ? ['stopping' as const] : []), 'stopped', ...(mayTimeOut ? ['poisoned' as const] : [])];
  const changes: readonly Change[] = [
    ...begin('new', 'yes', mayStart),
    ...(mayStart ? starting(service, flows, mayStop) : []),
    ...end(mayStop),
    ...(mayStop ? stopping(service, flows) : []),
    ...begin('stopped', flip(restart.isOneShot), mayStart),
    ...(mayTimeOut ? [timeOut(service, mayStop)] : []),
  ];
  return Object.freeze({
    states: Object.freeze(names.map((name) => ({ name, isPresent: name === 'poisoned' ? timeOut(service, mayStop).isPresent : ('yes' as const) }))),
    changes: Object.freeze(changes),
    isFollowed: !flows.start.cut && !flows.stop.cut,
  });
}

/** A one-shot service is never started again, which is no fault. */
function begin(from: StateName, isPresent: Fact, mayStart: boolean): Change[] {
  if (from === 'stopped' && isPresent === 'no') return [];
  return [{ from, to: mayStart ? 'starting' : 'running', on: 'start', isPresent, race: undefined, node: undefined }];
}

function end(mayStop: boolean): Change[] {
  const change = { race: undefined, node: undefined, isPresent: 'yes' } as const;
  if (!mayStop) return [{ ...change, from: 'running', to: 'stopped', on: 'stop' }];
  return [
    { ...change, from: 'running', to: 'stopping', on: 'stop' },
    { ...change, from: 'stopping', to: 'stopped', on: 'done' },
  ];
}

function starting(service: Known, flows: Flows, mayStop: boolean): Change[] {
  const { rolledBack, gaps, leftSet } = service.startup;
  const failing = gaps[0]?.fails ?? leftSet?.fails;
  return [
    { from: 'starting', to: 'running', on: 'done', isPresent: 'yes', race: undefined, node: undefined },
    { from: 'starting', to: 'stopped', on: 'failure', isPresent: leftSet === undefined ? rolledBack : 'no', race: undefined, node: failing },
    { from: 'starting', to: 'starting', on: 'start', ...without(service, flows, ['late-guard', 'no-guard']) },
    { from: 'starting', to: mayStop ? 'stopping' : 'stopped', on: 'stop', ...without(service, flows, ['stop-during-start', 'lost-stop']) },
  ];
}

function stopping(service: Known, flows: Flows): Change[] {
  return [
    { from: 'stopping', to: 'starting', on: 'start', ...without(service, flows, ['start-during-stop']) },
    { from: 'stopping', to: 'stopping', on: 'stop', ...without(service, flows, ['double-stop']) },
  ];
}

function timeOut({ drains, restart }: Known, mayStop: boolean): Change {
  const open = drains.find(({ bounded }) => bounded === 'no');
  const change = { from: mayStop ? 'stopping' : 'running', to: 'poisoned', on: 'timeout', race: undefined } as const;
  if (open !== undefined) return { ...change, isPresent: 'no', lacks: 'deadline', node: open.node };
  return { ...change, isPresent: restart.refusedAfterTimeout, ...(restart.refusedAfterTimeout === 'no' && { lacks: 'flag' as const }), node: restart.gap?.node };
}

/** A call that comes too early is waited for, joined or turned away, unless a race says that it is not. */
function without({ races, lock }: Known, { start, stop }: Flows, kinds: readonly RaceKind[]): Pick<Change, 'isPresent' | 'node' | 'race'> {
  const race = races.find((one) => kinds.includes(one.kind) && !isClosedByLock(one, lock));
  const isTold = !start.cut && !stop.cut;
  return { isPresent: race !== undefined ? 'no' : isTold ? 'yes' : 'unknown', race: race?.kind, node: race?.wait };
}

function flip(fact: Fact): Fact {
  return fact === 'yes' ? 'no' : fact === 'no' ? 'yes' : 'unknown';
}
