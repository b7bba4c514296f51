import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../ast/unwrap.ts';
import type { Timer } from './executor.ts';
import { type Limit, limitBy, limitPerhaps } from './limit.ts';
import { isLookedAt } from './looked-at.ts';
import type { Place, Wait } from './place.ts';
import { timerOf, type TimerPromise } from './timer-of.ts';

type Element = TSESTree.Expression | TSESTree.SpreadElement;

function elementsOf(call: TSESTree.CallExpression, place: Place): readonly Element[] | undefined {
  const first = call.arguments[0] === undefined ? undefined : unwrap(call.arguments[0]);
  const init = first?.type === 'Identifier' ? place.scope.locals.get(first.name)?.init : undefined;
  const list = init === undefined ? first : unwrap(init);
  return list?.type === 'ArrayExpression' ? list.elements.filter((element) => element !== null) : undefined;
}

/** What is raced against the time. */
export function worksOfRace(call: TSESTree.CallExpression, place: Place): readonly TSESTree.Node[] {
  return elementsOf(call, place)?.filter((element) => timerOf(element, place) === undefined) ?? call.arguments;
}

/** The deadline that a `Promise.race` makes. */
export function limitOfRace(call: TSESTree.CallExpression, wait: Wait, place: Place): Limit {
  const elements = elementsOf(call, place) ?? [];
  const timers = elements.map((element) => timerOf(element, place)).filter((timer) => timer !== undefined);
  const works = elements.filter((element) => timerOf(element, place) === undefined);
  const [work] = works;
  const only = works.length === 1 ? work : undefined;
  const timer = timers.find(rejects) ?? timers[0];
  // Whichever of two things happens first: it may be a deadline that cannot be seen from here.
  if (timer === undefined || timer === 'unsure') return limitPerhaps(call, only);
  if (timer.flaw === 'unref' && work !== undefined && isToldByEvent(work, place)) return limitPerhaps(call, only);
  if (timer.settles === 'rejects' || timer.settles === 'acts') return limitBy(call, { ...timer, work: only });
  // Who gets the result from a return may look at it.
  if (wait.node.type !== 'AwaitExpression') return limitPerhaps(call, only);
  if (!place.walk.ignored.has(wait.node)) return limitBy(call, { flaw: timer.flaw === 'unref' ? 'unref' : undefined, work: only });
  return work !== undefined && isLookedAt(wait.node, work, place) ? limitPerhaps(call, only) : limitBy(call, { flaw: 'resolves', work: only });
}

function rejects(timer: TimerPromise): timer is Timer {
  return timer !== 'unsure' && timer.settles === 'rejects';
}

/** `new Promise((resolve) => child.once('exit', resolve))`: what is waited for keeps the process alive by itself. */
function isToldByEvent(work: TSESTree.Node, place: Place, depth = 0): boolean {
  const inner = unwrap(work);
  if (inner.type === 'Identifier' && depth < 3) {
    const init = place.scope.locals.get(inner.name)?.init;
    return init !== undefined && isToldByEvent(init, place, depth + 1);
  }
  return inner.type === 'NewExpression';
}
