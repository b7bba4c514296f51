import type { Connection, Parts } from '../../fixtures/services/app-lifespan/after.ts';
import type { Lifespan, LifespanClass } from './app-lifespan.ts';

/** What a lifespan needs, in the order in which it opens them. */
export const RESOURCES = ['database', 'cache', 'lease', 'subscription', 'server', 'registration'] as const;

export type Resource = (typeof RESOURCES)[number];

/** One lifespan among real timers, in a world whose resources open and close at once, unless they are told to fail. */
export class LifespanTrial {
  readonly lifespan: Lifespan;
  /** Open now, in the order in which they were opened. */
  readonly open: Resource[] = [];
  /** All closings so far, in their order, failed ones too. */
  readonly closed: Resource[] = [];
  /** The errors that were logged. */
  readonly logged: unknown[] = [];
  /** The one that cannot be opened, and those that cannot be closed, each with its error. */
  failing: { readonly open?: readonly [Resource, unknown]; readonly close?: ReadonlyMap<Resource, unknown> } = {};
  readonly #timers = timersAlive();

  constructor(Service: LifespanClass) {
    const logger = { info: () => undefined, error: (fields: object) => void this.logged.push((fields as { error?: unknown }).error) };
    this.lifespan = new Service(this.#parts(), logger, { port: 8_080, reportMs: 60_000 });
  }

  /** Timers that keep the process alive and were not there when the trial began. */
  get timers(): number {
    return timersAlive() - this.#timers;
  }

  /** What came of a start or a stop: `undefined`, or what it was rejected with. */
  async outcome(call: 'start' | 'stop'): Promise<unknown> {
    this.closed.length = 0;
    this.logged.length = 0;
    try {
      await this.lifespan[call]();
      return undefined;
    } catch (error) {
      return error;
    }
  }

  #parts(): Parts {
    const closing = (name: Resource) => (): Promise<void> => this.#close(name);
    const connection = (name: Resource): Connection => ({ connect: () => this.#open(name), end: closing(name) });
    return {
      database: { ...connection('database'), query: async () => [] },
      cache: connection('cache'),
      leases: { acquire: () => this.#open('lease').then(() => ({ end: closing('lease') })) },
      events: { subscribe: () => this.#open('subscription').then(() => ({ unsubscribe: closing('subscription') })) },
      http: { listen: () => this.#open('server').then(() => ({ close: closing('server') })) },
      registry: { register: () => this.#open('registration').then(() => ({ withdraw: closing('registration') })) },
    };
  }

  async #open(name: Resource): Promise<void> {
    await Promise.resolve();
    if (this.failing.open?.[0] === name) throw this.failing.open[1];
    this.open.push(name);
  }

  /** What fails to close counts as closed. */
  async #close(name: Resource): Promise<void> {
    this.closed.push(name);
    const at = this.open.indexOf(name);
    if (at !== -1) this.open.splice(at, 1);
    await Promise.resolve();
    if (this.failing.close?.has(name) === true) throw this.failing.close.get(name);
  }
}

function timersAlive(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}
