import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { AsyncDisposableStack } from '../services/async-disposable-stack.ts';
import { casesOf, pathOf, TARGETS, type TargetName } from './using-projects.ts';

interface World {
  readonly log: string[];
  readonly failing: Set<string>;
}

interface Outcome {
  readonly log: readonly string[];
  readonly value: unknown;
  readonly error: unknown;
}

/** Runs a case while some of its steps fail. */
async function play(target: TargetName, kind: 'after' | 'before', name: string, failing: readonly string[] = []): Promise<Outcome> {
  const world = (await import(/* @vite-ignore */ pathOf(target, kind, name).replace(/[^/]*\/[^/]*$/, 'services.ts'))) as World;
  const { run } = (await import(/* @vite-ignore */ pathOf(target, kind, name))) as { run: () => Promise<unknown> };
  world.log.length = 0;
  world.failing.clear();
  for (const step of failing) world.failing.add(step);
  try {
    const value = await run();
    return { log: [...world.log], value, error: undefined };
  } catch (error) {
    return { log: [...world.log], value: undefined, error };
  }
}

function messagesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  if (error.name !== 'SuppressedError') return [error.message];
  const { error: later, suppressed } = error as unknown as { error: unknown; suppressed: unknown };
  return [...messagesOf(later), ...messagesOf(suppressed)];
}

/** Of each that has begun to start, whether it is stopped, the last started first. */
function stopsInOrder(log: readonly string[], failed: string): boolean {
  const running: string[] = [];
  for (const step of log) {
    const [verb, what = ''] = step.split(' ');
    if (verb === 'start' && step !== failed) running.push(what);
    // One whose start has failed may be stopped too.
    if (verb === 'stop' && running.at(-1) === what) running.pop();
    else if (verb === 'stop' && running.includes(what)) return false;
  }
  return running.length === 0;
}

/** Whose written order of stops is not the reverse of the starts, or which have a stop that is not judged. */
const REORDERED = ['declared-the-other-way-round.ts', 'not-in-reverse.ts', 'by-hand.ts'];

beforeAll(() => {
  vi.stubGlobal('AsyncDisposableStack', AsyncDisposableStack);
});

afterAll(() => {
  vi.unstubAllGlobals();
});

/** Before, it was left running by a return that came early. */
const LEAKS = ['early-return.ts', 'forgotten.ts'];
/** The inner `finally`, the only one that stops the bus, is not reached if the worker does not start: no rule sees that. */
const STOPS_INSIDE = ['one-after-the-other.ts'];
const HAS_USING = Number(process.versions.node.split('.', 1)[0]) >= 24;

/** Vitest lowers `using` in TypeScript alone. */
const cases = (Object.keys(TARGETS) as TargetName[])
  .flatMap((target) => casesOf(target).map((name) => [target, name] as const))
  .filter(([target, name]) => HAS_USING || target === 'finally' || !name.endsWith('.js'));

describe.each(cases)('%s/%s', (target, name) => {
  test('as before where nothing fails', async () => {
    const before = await play(target, 'before', name);
    const after = await play(target, 'after', name);
    expect(after.value).toEqual(before.value);
    expect(after.error).toBe(undefined);
    if (REORDERED.includes(name)) expect(after.log.toSorted()).toEqual(before.log.toSorted());
    else expect(LEAKS.includes(name) ? after.log.slice(0, before.log.length) : after.log).toEqual(before.log);
    expect(stopsInOrder(after.log, '')).toBe(true);
  });

  test('whatever fails, all that has been started is stopped, and the error is thrown', async () => {
    const { log: steps } = await play(target, 'before', name);
    for (const failed of new Set(steps)) {
      const before = await play(target, 'before', name, [failed]);
      const after = await play(target, 'after', name, [failed]);
      expect([failed, stopsInOrder(after.log, failed)]).toEqual([failed, !(STOPS_INSIDE.includes(name) && failed === 'start worker')]);
      expect([failed, messagesOf(after.error)]).toEqual([failed, messagesOf(before.error)]);
      expect([failed, after.value]).toEqual([failed, before.value]);
    }
  });

  test('of two failures, the later one is thrown, and where the language sees to the stop, both', async () => {
    const { log: steps } = await play(target, 'after', name);
    const stop = steps.findLast((step) => step.startsWith('stop')) ?? '';
    const work = steps.find((step) => !/^(?:start|stop) /.test(step)) ?? '';
    const { error, log } = await play(target, 'after', name, [work, stop]);
    expect(stopsInOrder(log, work)).toBe(true);
    if (error === undefined) return;
    expect(messagesOf(error)[0]).toBe(stop);
    if (target !== 'finally' && error instanceof Error && error.name === 'SuppressedError') expect(messagesOf(error)).toEqual([stop, work]);
  });
});
