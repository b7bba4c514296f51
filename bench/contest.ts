/** One contender: `run` does it once and gives what was measured. */
export interface Contender<Result> {
  readonly name: string;
  readonly run: () => Result;
  /** How often it takes part; the rest of the rounds go on without it. All rounds if not given. */
  readonly rounds?: number;
}

/**
 * Runs the contenders in turn, A B C A B C, so that whatever else the machine does falls on all of them alike.
 * Each runs once more before that, unmeasured, to fill the disk's caches.
 */
export function hold<Result>(contenders: readonly Contender<Result>[], rounds: number): Map<string, Result[]> {
  for (const { run } of contenders) run();
  const results = new Map<string, Result[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, run, rounds: own = rounds } of contenders) {
      if (round < own) results.get(name)?.push(run());
    }
  }
  return results;
}
