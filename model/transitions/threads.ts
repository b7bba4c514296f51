import type { Flow, SpawnStep, Step } from '../flow/step.ts';
import type { Entry } from './entries.ts';

/** What runs one after the other once an entry is called. */
export interface Thread {
  readonly entry: Entry;
  readonly flow: Flow;
}

/** An entry's own steps, and for each task that it begins and does not wait for, what led to the task and the task itself. */
export function threadsOf(entry: Entry, { method, steps, background, cut }: Flow): readonly Thread[] {
  if (cut) return [];
  const tasks = [...steps, ...background].filter(isTask);
  const ownerOf = (step: Step): SpawnStep | undefined => tasks.filter((task) => isWithin(step, task)).toSorted((a, b) => depthIn(step, b) - depthIn(step, a))[0];
  const owners = new Map(background.map((step) => [step, ownerOf(step)]));
  const threads: Step[][] = [[...steps]];
  const read = (before: readonly Step[], list: readonly Step[]): void => {
    for (const [index, task] of list.entries()) {
      if (!isTask(task) || threads.length > MAX_THREADS) continue;
      const own = background.filter((step) => owners.get(step) === task);
      if (own.length === 0) continue;
      const led = [...before, ...list.slice(0, index)];
      threads.push([...led, ...own]);
      read(led, own);
    }
  };
  read([], steps);
  return threads.map((thread) => ({ entry, flow: { method, steps: thread, background: [], cut } }));
}

const MAX_THREADS = 20;

function isTask(step: Step): step is SpawnStep {
  return step.kind === 'spawn' && step.what !== 'timer';
}

/** Whether a step is of the task: of a function that was called where the task was begun. */
function isWithin(step: Step, task: SpawnStep): boolean {
  return step !== task && depthIn(step, task) > 0;
}

/** How deep the task stands in the functions around a step; 0 where the step is none of its. */
function depthIn({ frames }: Step, { node }: SpawnStep): number {
  return frames.findLastIndex(({ call }) => call !== undefined && node.range[0] <= call.range[0] && call.range[1] <= node.range[1]) + 1;
}
