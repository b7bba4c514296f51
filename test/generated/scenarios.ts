import type { Recipe } from './recipe.ts';

/** What is done to a service: by its callers, and by the world. */
export type Op = 'drop' | 'item' | 'long' | 'quit' | 'restart' | 'start' | 'stop' | 'wait';

export interface Scenario {
  readonly ops: readonly Op[];
  /** The first call of this name fails, or is never answered. */
  readonly fails?: string;
  readonly hangs?: string;
  /** Whether what hangs is work that stop waits for: then only a deadline can end the stop. */
  readonly isDrain?: boolean;
}

const PLAIN = ['start stop', 'start start stop', 'start stop stop', 'stop start', 'start stop start', 'start stop start stop', 'start start stop start'];

/** What may happen to the service of a recipe. */
export function scenariosOf({ guard, spawn, drain, resources, restart, selfStop }: Recipe): readonly Scenario[] {
  const isSocket = resources.startsWith('socket');
  const isDeferred = resources === 'deferred';
  const calls = isSocket ? ['connect socket'] : ['connect first', 'connect second'].slice(0, resources === 'none' ? 0 : resources === 'one' || isDeferred ? 1 : 2);
  return [
    ...PLAIN.map(scenario),
    ...(restart === 'none' ? [] : ['start restart', 'start restart stop', ...(guard === 'none' ? [] : ['restart restart stop', 'start restart start stop'])]).map(scenario),
    ...(spawn === 'none' ? [] : ['start item stop', 'start item stop start']).map(scenario),
    ...(spawn === 'none' || selfStop === 'none' || (selfStop === 'by restart' && guard === 'none') ? [] : ['start quit', 'start quit stop', 'start item quit stop', 'start quit stop start', ...(guard === 'none' ? [] : ['start quit start'])]).map(scenario),
    ...(selfStop === 'close event' ? ['start drop', 'start drop stop', ...(guard === 'none' ? [] : ['start drop start'])] : []).map(scenario),
    ...calls.flatMap((fails) => ['start stop', 'start start stop', 'start stop start', 'start start start stop'].map((ops) => ({ ...scenario(ops), fails }))),
    ...(drain === 'deadline' ? [] : hungDrains(spawn)),
    ...(isSocket || isDeferred ? ['start stop', 'start stop start', 'start stop stop'].map((ops) => ({ ...scenario(ops), hangs: calls[0] ?? '' })) : []),
  ];
}

/** A class with a deadline of its own keeps it, and may not tell its error from others. */
function hungDrains(spawn: Recipe['spawn']): readonly Scenario[] {
  if (spawn === 'none') return [];
  const ticks = ['interval', 'loop by flag', 'self-arming timeout', 'set of ticks'].includes(spawn);
  return [{ ...scenario(ticks ? 'start wait stop long start' : 'start item stop long start'), hangs: ticks ? 'tick' : 'handle item', isDrain: true }];
}

function scenario(ops: string): Scenario {
  return { ops: ops.split(' ') as Op[] };
}

export function printScenario({ ops, fails, hangs }: Scenario): string {
  return [ops.join(' '), ...(fails === undefined ? [] : [`where ${fails} fails`]), ...(hangs === undefined ? [] : [`where ${hangs} hangs`])].join(' ');
}
