import { settle } from './settle.ts';
import { watch } from './watch.ts';
import { World } from './world.ts';
import type { ServiceCalls, StagedWorker } from './workers.ts';

/** What came of one run of a main(), from its call to its end. */
export interface Seen {
  /** The calls to the outside world, in their order. */
  readonly calls: readonly string[];
  /** What it failed with, in the order in which that happened; more than one where a SuppressedError holds them together. */
  readonly failures: readonly string[];
  /** What is still open, running or armed. */
  readonly left: readonly string[];
  /** What was logged as an error. */
  readonly errors: readonly string[];
}

export interface Trial {
  readonly name: string;
  /** Calls that fail. */
  readonly failing: readonly string[];
  /** When it is told to shut down. */
  readonly shutdown: 'during the first start' | 'when it is ready';
  readonly expected: Seen;
}

/** Runs a main() in a world of its own. Its timers are not real: none fires. */
export async function attempt(stage: (world: World) => StagedWorker, { failing, shutdown }: Pick<Trial, 'failing' | 'shutdown'>): Promise<Seen> {
  const world = new World();
  world.timers.install();
  try {
    let tell = (): void => undefined;
    const told = new Promise<void>((resolve) => (tell = resolve));
    world.holdAll();
    const run = watch(stage(world).run(told, shutdown === 'when it is ready' ? tell : () => undefined));
    await settle();
    if (shutdown === 'during the first start') tell();
    for (let call = world.calls[0]; call !== undefined; call = world.calls[0]) {
      if (failing.includes(call.name)) call.fail(new Error(`${call.name} failed`));
      else call.answer();
      await settle();
    }
    if (run.state === 'pending') throw new Error(`main() does not end after ${world.journal.join(', ')}`);
    const failures = run.state === 'rejected' ? failuresOf(run.reason) : [];
    return { calls: world.journal, failures, left: world.left, errors: errorsIn(world) };
  } finally {
    world.timers.uninstall();
  }
}

/** Gives a main() work before each of its stops has come through, and tells what it logged as an error. */
export async function workDuringStop(stage: (world: World) => StagedWorker, services: readonly ServiceCalls[]): Promise<readonly string[]> {
  const world = new World();
  world.timers.install();
  try {
    const { run, work } = stage(world);
    for (const { stop } of services) if (stop !== undefined) world.hold(stop);
    const ended = watch(run(Promise.resolve(), () => undefined));
    await settle();
    while (ended.state === 'pending') {
      await work();
      await settle();
      for (const { name } of world.calls) world.release(name);
      await settle();
    }
    return errorsIn(world);
  } finally {
    world.timers.uninstall();
  }
}

/** Whatever fails of these services, those that were started stop, the last first, and every failure is told; by nested `finally`s only the last. */
export function trialsOf(services: readonly ServiceCalls[], told: 'every failure' | 'the last failure' = 'every failure'): readonly Trial[] {
  const stops = services.flatMap(({ stop }) => stop ?? []).toReversed();
  const clean = { failing: [], shutdown: 'when it is ready', expected: expectedOf(services, []) } as const;
  const failing = (name: string, calls: readonly string[]): Trial => {
    const expected = expectedOf(services, calls);
    const failures = told === 'every failure' ? expected.failures : expected.failures.slice(-1);
    return { ...clean, name, failing: calls, expected: { ...expected, failures } };
  };
  return [
    { ...clean, name: 'starts in order and stops in reverse' },
    { ...clean, name: 'stops all, told to during the first start', shutdown: 'during the first start' },
    ...services.map(({ start }) => failing(`stops what came before ${start}, which fails`, [start])),
    ...stops.map((stop) => failing(`stops the others where ${stop} fails`, [stop])),
    failing(`tells ${told} of ${stops.join(' and ')}`, stops),
    ...services.slice(1).map(({ start }) => failing(`tells ${told} of ${[start, ...stops].join(' and ')}`, [start, ...stops])),
  ];
}

function expectedOf(services: readonly ServiceCalls[], failing: readonly string[]): Seen {
  const stuck = services.findIndex(({ start }) => failing.includes(start));
  const tried = stuck === -1 ? services : services.slice(0, stuck + 1);
  const up = stuck === -1 ? services : services.slice(0, stuck);
  const calls = [...tried.map(({ start }) => start), ...up.flatMap(({ stop }) => stop ?? []).toReversed()];
  return { calls, failures: calls.filter((call) => failing.includes(call)).map((call) => `${call} failed`), left: [], errors: [] };
}

function failuresOf(reason: unknown): readonly string[] {
  if (!(reason instanceof Error)) return [String(reason)];
  if (reason.name !== 'SuppressedError') return [reason.message];
  const { error, suppressed } = reason as Error & { readonly error?: unknown; readonly suppressed?: unknown };
  return [...failuresOf(suppressed), ...failuresOf(error)];
}

function errorsIn(world: World): readonly string[] {
  return world.logged.filter((line) => line.startsWith('error: '));
}
