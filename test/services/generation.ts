import { AsyncLocalStorage } from 'node:async_hooks';

/** What one start() began. Whatever runs, waits or is armed on its behalf carries it along, through promises and timers. */
export interface Generation {
  readonly serial: number;
}

const current = new AsyncLocalStorage<Generation | undefined>();

export function inGeneration<T>(generation: Generation, run: () => T): T {
  return current.run(generation, run);
}

export function currentGeneration(): Generation | undefined {
  return current.getStore();
}

/** A callback that the outside world will call later, in the generation that handed it out. */
export function keepGeneration<A extends unknown[], R>(callback: (...args: A) => R): (...args: A) => R {
  const generation = currentGeneration();
  return (...args) => current.run(generation, callback, ...args);
}
