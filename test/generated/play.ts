import type { Lifecycle } from '../services/driver.ts';
import { settle } from '../services/settle.ts';
import { watch, type Watched } from '../services/watch.ts';
import { World } from '../services/world.ts';
import { outsideOf, type Hand, type Outside } from './outside.ts';
import { unhandled } from './unhandled.ts';
import type { Op, Scenario } from './scenarios.ts';

export type GeneratedClass = new (outside: Outside) => Lifecycle & { restart?(): Promise<void> };

/** What was seen of one run. */
export interface Seen {
  /** How each call of the service ended. */
  readonly calls: readonly Watched['state'][];
  /** What is left outside when nothing happens any more. */
  readonly left: readonly string[];
  readonly offences: readonly string[];
  /** The most generations that were alive at one time. */
  readonly generations: number;
  readonly unhandled: readonly string[];
  /** What happened, in order: `start`, `answer connect first`, `time`. */
  readonly schedule: readonly string[];
}

/** Picks what happens next, by its place among what can. */
export type Choice = (can: readonly string[], run: { readonly isBusy: boolean }) => number;

const MOST_STEPS = 120;
const MOST_TIME = 25;

/** Plays a scenario on a new instance. What happens when is decided by `choose` alone. */
export async function play(Service: GeneratedClass, scenario: Scenario, choose: Choice): Promise<Seen> {
  const world = new World();
  world.holdAll();
  world.timers.install();
  const errors = unhandled();
  try {
    const { outside, hand } = outsideOf(world);
    const run = new Run(new Service(outside), world, hand, scenario);
    await run.toTheEnd(choose);
    return {
      calls: run.calls.map(({ state }) => state),
      left: [...world.left, ...Array.from({ length: hand.listening }, () => 'handler')].sort(),
      offences: world.offences,
      generations: run.generations,
      unhandled: errors.seen,
      schedule: run.schedule,
    };
  } finally {
    errors.close();
    world.timers.uninstall();
  }
}

class Run {
  readonly calls: Watched[] = [];
  readonly schedule: string[] = [];
  generations = 0;
  #time = 0;
  #isSpent = false;
  #hung: World['calls'][number] | undefined;
  readonly #ops: Op[];
  readonly #service: InstanceType<GeneratedClass>;
  readonly #world: World;
  readonly #hand: Hand;
  readonly #scenario: Scenario;

  constructor(service: InstanceType<GeneratedClass>, world: World, hand: Hand, scenario: Scenario) {
    this.#service = service;
    this.#world = world;
    this.#hand = hand;
    this.#scenario = scenario;
    this.#ops = [...scenario.ops];
  }

  async toTheEnd(choose: Choice): Promise<void> {
    for (let step = 0; step < MOST_STEPS; step++) {
      const can = this.#can();
      const next = can[choose(can, { isBusy: this.#isBusy })];
      if (next === undefined) return;
      await this.#do(next);
      this.generations = Math.max(this.generations, this.#world.alive);
    }
  }

  /** `now` is a call after which the next one comes before anything else gets a turn. */
  #can(): readonly string[] {
    const op = this.#ops[0];
    this.#hung ??= this.#world.calls.find(({ name }) => name === this.#scenario.hangs);
    const names = new Set(this.#world.calls.filter((call) => call !== this.#hung).map(({ name }) => name));
    const answers = Array.from(names, (name) => (name === this.#scenario.fails && !this.#isSpent ? `fail ${name}` : `answer ${name}`));
    const mayPass = this.#world.timers.untilNext !== undefined && this.#time < MOST_TIME && (op !== undefined || this.#isBusy);
    return [...(op === undefined ? [] : [op]), ...(this.#ops.length > 1 ? [`now ${op ?? ''}`] : []), ...answers, ...(mayPass ? ['time'] : [])];
  }

  get #isBusy(): boolean {
    return this.#hand.isQuitPending || this.calls.some(({ state }) => state === 'pending');
  }

  async #do(what: string): Promise<void> {
    this.schedule.push(what);
    const [verb, ...rest] = what.split(' ');
    const name = rest.join(' ');
    const call = this.#world.calls.find((one) => one.name === name && one !== this.#hung);
    if (verb === 'answer') call?.answer();
    else if (verb === 'fail') {
      this.#isSpent = true;
      call?.fail(new Error(`${name} failed`));
    } else if (verb === 'time') {
      this.#time++;
      await this.#world.timers.advance(this.#world.timers.untilNext ?? 0);
    } else await this.#operate();
    if (verb !== 'now') await settle();
  }

  async #operate(): Promise<void> {
    const op = this.#ops.shift();
    if (op === 'item' || op === 'quit') this.#hand.send(op);
    else if (op === 'drop') this.#hand.drop();
    else if (op === 'wait' || op === 'long') await this.#world.timers.advance(op === 'wait' ? 1_000 : 15_000);
    else if (op === 'stop') this.calls.push(watch(this.#service.stop()));
    else if (op === 'start') this.calls.push(watch(this.#world.generation(() => this.#service.start())));
    else if (op === 'restart') this.calls.push(watch(this.#world.generation(() => this.#service.restart?.() ?? Promise.resolve())));
  }
}
