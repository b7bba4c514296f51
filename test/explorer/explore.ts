import { parseSchedule, printSchedule, type Step } from './action.ts';
import type { Fault } from './fault.ts';
import { keepingRejections } from './rejections.ts';
import { Run } from './run.ts';
import { mixture, nextActions, scenariosFor, type Scenario } from './scenario.ts';
import { seededRandom } from './seeded-random.ts';
import type { Subject } from './subject.ts';

export interface ExploreOptions {
  /**
   * How long the orders are, beside those of starts and stops alone, which are tried whole: 10 steps if nothing is said. With 12
   * there are up to 22 000 orders for a service.
   */
  readonly steps?: number;
  /** Of each scenario, so many orders are tried at the most: a safeguard against a service that is never quiet; 10 000 if nothing is said. */
  readonly mostOrders?: number;
  /** Random walks after that, with 0 to 6 microtask turns between their steps; 200 if nothing is said. */
  readonly walks?: number;
  readonly seed?: number;
}

export interface Exploration {
  /** Orders tried one after the other, each a run of its own. */
  readonly orders: number;
  readonly walks: number;
  /** Scenarios with more orders than were tried. */
  readonly cut: readonly string[];
  /** By name. A fault under trouble is not listed beside the same fault without. */
  readonly faults: readonly Fault[];
}

/** Tries a service in every order of events that the bounds allow, then in random ones. Replaces the global timers meanwhile: one at a time. */
export function explore(subject: Subject, { steps = 10, mostOrders = 10_000, walks = 200, seed = 1 }: ExploreOptions = {}): Promise<Exploration> {
  return keepingRejections(async () => {
    const search = new Search(subject);
    const { scenarios, mixed } = await search.scenarios(steps);
    const cut: string[] = [];
    for (const scenario of scenarios) if (!(await search.tryOrders(scenario, mostOrders))) cut.push(scenario.name);
    const orders = search.runs;
    for (let walk = 0; walk < walks; walk++) await search.walk(mixed, seededRandom(seed + walk));
    return { orders, walks, cut, faults: await search.faults() };
  });
}

/** Plays one order and returns the names of the faults it shows. Throws for an order that is impossible. */
export function replay(subject: Subject, schedule: string): Promise<readonly Fault['name'][]> {
  return keepingRejections(async () => {
    const steps = parseSchedule(schedule);
    const run = await playSteps(subject, steps);
    if (run === undefined) throw new Error(`this order is impossible here: ${schedule}`);
    return [...run.faults.keys()];
  });
}

interface Sighting {
  steps: readonly Step[];
  detail: string;
  count: number;
}

class Search {
  runs = 0;
  readonly #subject: Subject;
  readonly #seen = new Map<Fault['name'], Sighting>();

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  async scenarios(steps: number): Promise<{ readonly scenarios: readonly Scenario[]; readonly mixed: Scenario }> {
    const run = new Run(this.#subject);
    run.close();
    return { scenarios: scenariosFor(this.#subject, run, steps), mixed: mixture(this.#subject, run) };
  }

  /** Depth first, by playing each order from the start. False where there are more than `most`. */
  async tryOrders(scenario: Scenario, most: number): Promise<boolean> {
    const path: { taken: number; of: number }[] = [];
    for (let tried = 0; tried < most; tried++) {
      await this.#play(scenario, (of, depth) => {
        const known = path[depth] ?? { taken: 0, of };
        if (known.of !== of) throw new Error(`${scenario.name}: the same steps led to another place`);
        path[depth] = known;
        return { choice: known.taken };
      });
      const turning = path.findLastIndex(({ taken, of }) => taken + 1 < of);
      const point = path[turning];
      if (point === undefined) return true;
      point.taken++;
      path.splice(turning + 1);
    }
    return false;
  }

  async walk(scenario: Scenario, random: (limit: number) => number): Promise<void> {
    await this.#play(scenario, (of) => ({ choice: random(of), turns: random(7) }));
  }

  async faults(): Promise<readonly Fault[]> {
    const plain = [...this.#seen].filter(([name]) => !/ (?:after|beside) a \w+ call$/.test(name) || !this.#seen.has(withoutTrouble(name)));
    const faults: Fault[] = [];
    for (const [name, { steps, detail, count }] of plain) {
      const shortest = await shorten(this.#subject, steps, name);
      faults.push({ name, schedule: printSchedule(shortest.steps), count, detail: shortest.detail ?? detail });
    }
    return faults.sort((a, b) => a.name.localeCompare(b.name));
  }

  async #play(scenario: Scenario, choose: (of: number, depth: number) => { readonly choice: number; readonly turns?: number }): Promise<void> {
    const run = new Run(this.#subject);
    this.runs++;
    try {
      for (let actions = nextActions(scenario, run); actions.length > 0; actions = nextActions(scenario, run)) {
        const { choice, ...pause } = choose(actions.length, run.steps.length);
        const action = actions[choice];
        // A timer that was to fire may be gone when the microtasks before it are done.
        if (action !== undefined) await run.take({ action, ...pause });
      }
      await run.finish();
    } finally {
      run.close();
    }
    for (const [name, { detail, after }] of run.faults) this.#note(name, run.steps.slice(0, after), detail);
  }

  #note(name: Fault['name'], steps: readonly Step[], detail: string): void {
    const seen = this.#seen.get(name);
    if (seen === undefined) {
      this.#seen.set(name, { steps, detail, count: 1 });
      return;
    }
    seen.count++;
    if (steps.length < seen.steps.length) Object.assign(seen, { steps, detail });
  }
}

function withoutTrouble(name: Fault['name']): Fault['name'] {
  return name.replace(/ (?:after|beside) a \w+ call$/, '') as Fault['name'];
}

/** Leaves out what the fault does not need, one step after the other. */
async function shorten(
  subject: Subject,
  steps: readonly Step[],
  name: Fault['name'],
): Promise<{ readonly steps: readonly Step[]; readonly detail: string | undefined }> {
  let best = steps;
  let detail: string | undefined;
  for (let index = 0; index < best.length; ) {
    const [{ action } = { action: undefined }, turns] = [best[index], best[index]?.turns];
    const without = best.toSpliced(index, 1);
    const settled = action === undefined || turns === undefined ? undefined : best.with(index, { action });
    const shorter = (await showing(subject, without, name)) ?? (settled && (await showing(subject, settled, name)));
    if (shorter === undefined) {
      index++;
      continue;
    }
    if (shorter.steps.length === best.length) index++;
    ({ steps: best, detail } = shorter);
    if (shorter.restart) index = 0;
  }
  return { steps: best, detail };
}

async function showing(subject: Subject, steps: readonly Step[], name: Fault['name']) {
  const fault = (await playSteps(subject, steps))?.faults.get(name);
  return fault && { steps: steps.slice(0, fault.after), detail: fault.detail, restart: fault.after < steps.length };
}

/** `undefined` where a step is impossible. */
async function playSteps(subject: Subject, steps: readonly Step[]): Promise<Run | undefined> {
  const run = new Run(subject);
  try {
    for (const step of steps) if (!(await run.take(step))) return undefined;
    await run.finish();
    return run;
  } finally {
    run.close();
  }
}
