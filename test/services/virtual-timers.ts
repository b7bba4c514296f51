import { currentGeneration, keepGeneration, type Generation } from './generation.ts';
import { settle } from './settle.ts';

interface ArmedTimer {
  readonly delay: number;
  readonly repeats: boolean;
  /** `false` after `unref()`: in a real process this timer would not keep it alive. */
  readonly refd: boolean;
  readonly generation: Generation | undefined;
}

interface Entry extends ArmedTimer {
  readonly fire: () => void;
  due: number;
  refd: boolean;
}

const NAMES = ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] as const;

/** Stands in for the four global timer functions; time passes only in `advance`, and every armed timer can be seen. */
export class VirtualTimers {
  readonly #entries = new Set<Entry>();
  readonly #handles = new WeakMap<object, Entry>();
  readonly #originals = new Map<string, unknown>();
  #now = 0;

  get now(): number {
    return this.#now;
  }

  get armed(): readonly ArmedTimer[] {
    return [...this.#entries];
  }

  /** The time until the next timer fires, or `undefined` when none is armed. */
  get untilNext(): number | undefined {
    const next = this.#next();
    return next && next.due - this.#now;
  }

  install(): void {
    for (const name of NAMES) this.#originals.set(name, Reflect.get(globalThis, name));
    Reflect.set(globalThis, 'setTimeout', (fire: () => void, delay = 0) => this.set(fire, delay, false));
    Reflect.set(globalThis, 'setInterval', (fire: () => void, delay = 0) => this.set(fire, delay, true));
    Reflect.set(globalThis, 'clearTimeout', (handle: unknown) => this.clear(handle));
    Reflect.set(globalThis, 'clearInterval', (handle: unknown) => this.clear(handle));
  }

  uninstall(): void {
    for (const [name, original] of this.#originals) Reflect.set(globalThis, name, original);
    this.#originals.clear();
  }

  /** Lets `ms` pass. Before, between and after timers, all that can run without time passing does run. */
  async advance(ms: number): Promise<void> {
    await settle();
    const until = this.#now + ms;
    for (let next = this.#next(); next !== undefined && next.due <= until; next = this.#next()) {
      this.fireNext();
      await settle();
    }
    this.#now = until;
  }

  /** Lets time pass until the next timer is due, and fires it. Throws what its callback throws. */
  fireNext(): void {
    const next = this.#next();
    if (next === undefined) return;
    this.#now = next.due;
    if (next.repeats) next.due += Math.max(1, next.delay);
    else this.#entries.delete(next);
    next.fire();
  }

  set(fire: () => void, delay: number, repeats: boolean): object {
    const entry: Entry = {
      fire: keepGeneration(fire),
      delay,
      repeats,
      due: this.#now + delay,
      refd: true,
      generation: currentGeneration(),
    };
    const handle = {
      ref: () => {
        entry.refd = true;
        return handle;
      },
      unref: () => {
        entry.refd = false;
        return handle;
      },
      hasRef: () => entry.refd,
    };
    this.#entries.add(entry);
    this.#handles.set(handle, entry);
    return handle;
  }

  clear(handle: unknown): void {
    const entry = typeof handle === 'object' && handle !== null ? this.#handles.get(handle) : undefined;
    if (entry !== undefined) this.#entries.delete(entry);
  }

  #next(): Entry | undefined {
    let next: Entry | undefined;
    for (const entry of this.#entries) if (next === undefined || entry.due < next.due) next = entry;
    return next;
  }
}
