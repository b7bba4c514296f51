import { settle } from '../services/settle.ts';
import { watch, type Watched } from '../services/watch.ts';
import { World, type Call } from '../services/world.ts';
import type { Action, Method, Step } from './action.ts';
import { Judge, type Finding } from './judge.ts';
import { takeRejections } from './rejections.ts';
import type { Subject } from './subject.ts';

/** A deadline that a codemod sets may be longer than the driver's. */
const DEFAULT_DRAIN_MS = 10_000;
const MOST_ROUNDS = 200;

/** One service in one world, from its construction to its last stop, in one order of events. */
export class Run {
  readonly world = new World();
  readonly steps: Step[] = [];
  /** Each fault once, with the number of steps it took. */
  readonly faults = new Map<Finding['name'], { readonly detail: string; readonly after: number }>();
  readonly #subject: Subject;
  readonly #judge: Judge;
  readonly #cast: ReturnType<Subject['build']>;
  readonly #hung = new Set<Call>();
  readonly #operations: { readonly name: string; readonly watched: Watched }[] = [];

  /** Replaces the global timers until `finish` or `close`. */
  constructor(subject: Subject) {
    this.#subject = subject;
    this.world.holdAll();
    this.world.timers.install();
    this.#judge = new Judge(subject, this.world);
    try {
      this.#cast = subject.build(subject.Service, this.world);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    this.world.timers.uninstall();
  }

  get operations(): readonly string[] {
    return Object.keys(this.#cast.operations);
  }

  has(method: Method): boolean {
    return typeof this.#method(method) === 'function';
  }

  /** Calls without an answer yet, less those that hang: they will never have one. */
  get unanswered(): readonly Call[] {
    return this.world.calls.filter((call) => !this.#hung.has(call));
  }

  /** Whether the last call of this client has returned. It does not wait for the start of an in-place runner. */
  isFree(client: string): boolean {
    return this.#judge.pending().every((call) => call.client !== client);
  }

  /**
   * Whether stop ought to return, by its deadline, though this call never has an answer: what start has begun makes it, or it
   * closes a resource of the world. No rule asks for a deadline round what start itself waits for, or what other callers do.
   */
  isWork({ generation, name }: Call): boolean {
    if (generation === undefined) return name.startsWith('close ');
    if (this.#subject.kind === 'in-place runner') return true;
    return this.#judge.pending().every((call) => call.generation !== generation);
  }

  /** Does one step and looks at what came of it. False, and nothing done, where the step is impossible. */
  async take(step: Step): Promise<boolean> {
    // Timers wait until the microtasks are done, as in Node.
    if (step.action.kind === 'time' && this.steps.at(-1)?.turns !== undefined) await settle();
    if (!this.#perform(step.action)) return false;
    this.steps.push(step);
    if (step.turns === undefined) await settle();
    for (let turn = 0; turn < (step.turns ?? 0); turn++) await Promise.resolve();
    this.#look();
    return true;
  }

  /** Lets everything that was called return, stops the service a last time, and looks at what is left. */
  async finish(): Promise<void> {
    await this.#windUp(() => [...this.#judge.pending(), ...this.#pendingOperations()].length > 0);
    if (this.#judge.pending().length === 0) {
      this.#lookForLostStart();
      this.#call('last', 'stop');
      await this.#windUp(() => this.#judge.pending({ evenRunning: true }).length > 0);
    }
    this.#lookForDeadlocks();
    this.#lookForRemains();
    this.#look();
    this.close();
  }

  #perform(action: Action): boolean {
    switch (action.kind) {
      case 'call':
        return this.has(action.method) && this.isFree(action.client) && this.#call(action.client, action.method);
      case 'operate':
        return this.#operate(action.name);
      case 'time':
        return this.#fireNext();
      default:
        return this.#reply(action);
    }
  }

  #call(client: string, method: Method): true {
    const call = (): Promise<unknown> => this.#guard(() => this.#method(method)?.call(this.#cast.service));
    if (method === 'start' || method === 'restart') {
      const began = this.world.generation((generation) => ({ generation, watched: watch(call()) }));
      this.#judge.enter(client, method, began.watched, began.generation);
    } else {
      this.#judge.enter(client, method, watch(call()), undefined);
    }
    return true;
  }

  #method(method: Method): ((this: unknown) => unknown) | undefined {
    const member: unknown = Reflect.get(this.#cast.service, method === 'dispose' ? Symbol.asyncDispose : method);
    return typeof member === 'function' ? (member as (this: unknown) => unknown) : undefined;
  }

  #operate(name: string): boolean {
    const operation = this.#cast.operations[name];
    if (operation === undefined) return false;
    this.#operations.push({ name, watched: watch(this.#guard(operation)) });
    return true;
  }

  async #guard(call: () => unknown): Promise<unknown> {
    return call();
  }

  #reply({ kind, name, nth }: Extract<Action, { readonly nth: number }>): boolean {
    const call = this.unanswered.filter((one) => one.name === name)[nth - 1];
    if (call === undefined || (kind === 'hang' && !this.isWork(call))) return false;
    if (kind === 'answer') {
      call.answer();
    } else if (kind === 'fail') {
      this.#judge.trouble.failed++;
      call.fail(new Error(`${name} failed`));
    } else {
      this.#judge.trouble.hung++;
      this.#hung.add(call);
    }
    return true;
  }

  #fireNext(): boolean {
    const { timers } = this.world;
    if (timers.armed.length === 0) return false;
    const { trouble } = this.#judge;
    if (this.unanswered.length > 0 && this.#judge.pending().length > 0) trouble.slow = true;
    trouble.fired++;
    try {
      timers.fireNext();
    } catch (error) {
      this.#judge.find('uncaught error', String(error));
    }
    return true;
  }

  async #windUp(isWaiting: () => boolean): Promise<void> {
    // Those that wait for each other may each have a deadline of their own.
    const until = this.world.timers.now + (this.#judge.pending().length + 1) * Math.max(DEFAULT_DRAIN_MS, this.#subject.drainMs ?? 0);
    await settle();
    this.#look();
    for (let round = 0; round < MOST_ROUNDS && isWaiting(); round++) {
      if (this.unanswered.length > 0) for (const call of this.unanswered) call.answer();
      else if (this.world.timers.now > until || !this.#fireNext()) return;
      await settle();
      this.#look();
    }
  }

  #look(): void {
    for (const reason of takeRejections()) this.#judge.find('unhandled rejection', String(reason));
    this.#judge.look();
    for (const { name, detail } of this.#judge.findings) {
      if (!this.faults.has(name)) this.faults.set(name, { detail, after: this.steps.length });
    }
  }

  #pendingOperations(): readonly string[] {
    return this.#operations.filter(({ watched }) => watched.state === 'pending').map(({ name }) => name);
  }

  /** Only where nothing failed and no time passed: else the service may have ended by itself. */
  #lookForLostStart(): void {
    const { failed, hung, fired } = this.#judge.trouble;
    const last = this.#judge.calls.at(-1);
    if (failed + hung + fired > 0 || last?.method !== 'start' || last.watched.state === 'rejected') return;
    if (this.world.living.size === 0) this.#judge.find('lost start', `${last.client} start`);
  }

  #lookForDeadlocks(): void {
    // The start of a runner that hangs in its loop cannot return, whatever stop does.
    const calls = this.#judge.pending({ evenRunning: this.#judge.trouble.hung === 0 }).map(({ client, method }) => `${client} ${method}`);
    // What callers do may well wait for what hangs.
    const waiting = this.#judge.trouble.hung > 0 ? calls : [...calls, ...this.#pendingOperations()];
    if (waiting.length > 0) this.#judge.find('never settles', waiting.join(', '));
  }

  #lookForRemains(): void {
    // A stop that never returned is reported; one that timed out has said that it leaves something, which is all it can do.
    if (this.#judge.pending().length > 0 || this.#judge.gaveUp) return;
    if (this.world.left.length > 0) this.#judge.find('left after the last stop', this.world.left.join(', '));
  }
}
