import type { Generation } from '../services/generation.ts';
import type { Watched } from '../services/watch.ts';
import type { World } from '../services/world.ts';
import type { Method } from './action.ts';
import type { Circumstance, Fault, FaultName } from './fault.ts';
import type { Subject } from './subject.ts';

/** A start, stop, dispose or restart that some client has called. */
export interface LifecycleCall {
  readonly client: string;
  readonly method: Method;
  readonly watched: Watched;
  /** What it begins; absent for a stop. */
  readonly generation: Generation | undefined;
  /** The starts that were called before it, and whether each had returned by then. */
  readonly earlier: ReadonlyMap<LifecycleCall, 'returned' | 'under way'>;
  /** Timers that had fired when it was called. */
  readonly firedBefore: number;
  /** Whether no other call of the lifecycle overlapped it so far. */
  alone: boolean;
  /** Of a stop, whether there was something to stop; of a start, whether nothing was running. */
  readonly ordinary: boolean;
  judged: boolean;
}

/** What the run did to the service, beside calling it. */
export interface Trouble {
  failed: number;
  hung: number;
  /** Time passed while an answer was out and a call of the lifecycle waited: a deadline may have passed with good reason. */
  slow: boolean;
  fired: number;
}

export interface Finding {
  readonly name: Fault['name'];
  readonly detail: string;
}

/** Holds what it sees in one run against what must be true whatever the order. */
export class Judge {
  readonly findings: Finding[] = [];
  readonly trouble: Trouble = { failed: 0, hung: 0, slow: false, fired: 0 };
  readonly calls: LifecycleCall[] = [];
  readonly #subject: Subject;
  readonly #world: World;
  /** Generations that a stop has ended, with what it means if one of them is seen alive. */
  readonly #ended = new Map<Generation, FaultName>();
  /** Generations of which a stop has said, by timing out, that they may be alive still. */
  readonly #givenUp = new Set<Generation>();
  #timedOut: LifecycleCall | undefined;
  #offences = 0;

  constructor(subject: Subject, world: World) {
    this.#subject = subject;
    this.#world = world;
  }

  /** Whether a stop has said, with good reason, that it could not end what was running. */
  get gaveUp(): boolean {
    return this.#givenUp.size > 0 && (this.trouble.hung > 0 || this.trouble.slow);
  }

  /** The calls of the lifecycle that have not returned. The start of an in-place runner returns when it is stopped. */
  pending({ evenRunning = false } = {}): readonly LifecycleCall[] {
    return this.calls.filter((call) => call.watched.state === 'pending' && (evenRunning || !this.#isRunner(call)));
  }

  enter(client: string, method: Method, watched: Watched, generation: Generation | undefined): void {
    const overlapped = this.pending();
    for (const other of overlapped) other.alone = false;
    const starts = this.calls.filter((call) => call.generation !== undefined);
    this.calls.push({
      client,
      method,
      watched,
      generation,
      earlier: new Map(starts.map((call) => [call, call.watched.state === 'pending' ? 'under way' : 'returned'])),
      firedBefore: this.trouble.fired,
      alone: overlapped.length === 0,
      ordinary: method === 'start' ? this.#givenUp.size === 0 && starts.every(this.#isOver) : starts.some((call) => !this.#isOver(call)),
      judged: false,
    });
  }

  /** Looks at the world as it is now. */
  look(): void {
    for (const call of this.calls) {
      if (call.judged || call.watched.state === 'pending') continue;
      call.judged = true;
      this.#judge(call);
    }
    this.#lookAtGenerations();
    for (const offence of this.#world.offences.slice(this.#offences)) {
      this.find(offence.endsWith('closed twice') ? 'resource closed twice' : 'resource misused', offence);
    }
    this.#offences = this.#world.offences.length;
  }

  find(name: FaultName, detail: string): void {
    const found = `${name}${this.#circumstance}` as const;
    if (!this.findings.some((finding) => finding.name === found)) this.findings.push({ name: found, detail });
  }

  get #circumstance(): Circumstance {
    if (this.trouble.hung > 0) return ' beside a hung call';
    return this.trouble.failed > 0 ? ' after a failed call' : '';
  }

  #judge(call: LifecycleCall): void {
    if (call.method !== 'start') this.#judgeStop(call);
    if (call.method !== 'stop' && call.method !== 'dispose') this.#judgeStart(call);
  }

  #judgeStop(call: LifecycleCall): void {
    const { state, reason } = call.watched;
    for (const [{ generation }, then] of call.earlier) {
      if (generation === undefined || this.#givenUp.has(generation)) continue;
      if (state === 'resolved') this.#ended.set(generation, then === 'returned' || this.#subject.kind === 'in-place runner' ? 'alive after stop' : 'lost stop');
      else if (this.trouble.fired > call.firedBefore) this.#giveUp(generation, call);
    }
    if (state === 'rejected' && call.ordinary && this.#wasHealthy(call)) this.find('healthy stop fails', `${call.method}: ${String(reason)}`);
  }

  #giveUp(generation: Generation, stop: LifecycleCall): void {
    this.#givenUp.add(generation);
    if (this.trouble.failed === 0) this.#timedOut ??= stop;
  }

  #judgeStart(call: LifecycleCall): void {
    const { state, reason } = call.watched;
    // Undoing what it had begun, it ran out of time: that is told, and all it can do. Whether a later start is refused is another matter.
    if (state === 'rejected' && call.generation !== undefined && timedOutUndoing(reason)) this.#givenUp.add(call.generation);
    if (state === 'resolved' && this.#timedOut !== undefined && this.#isAfter(call, this.#timedOut)) {
      this.find('restart after a timed-out stop', `${call.client} ${call.method} was not refused`);
    }
    if (state === 'rejected' && call.method === 'start' && call.ordinary && this.#wasHealthy(call)) {
      this.find('healthy start fails', String(reason));
    }
  }

  #lookAtGenerations(): void {
    const restarting = new Set(this.pending().flatMap(({ method, generation }) => (method === 'restart' ? [generation] : [])));
    const living = [...this.#world.living].filter((generation) => !restarting.has(generation));
    if (living.length > 1) this.find('two generations', this.#world.left.join(', '));
    for (const generation of living) {
      const fault = this.#ended.get(generation);
      if (fault !== undefined) this.find(fault, this.#world.left.join(', '));
    }
    this.#lookAtRunners(living);
  }

  /** The start of a runner that was not refused is seen by its loop: it does not return. */
  #lookAtRunners(living: readonly Generation[]): void {
    const stop = this.#timedOut;
    if (stop === undefined) return;
    const late = this.pending({ evenRunning: true }).find((call) => this.#isRunner(call) && this.#isAfter(call, stop));
    if (late?.generation !== undefined && living.includes(late.generation)) {
      this.find('restart after a timed-out stop', `${late.client} start was not refused`);
    }
  }

  #isAfter(start: LifecycleCall, stop: LifecycleCall): boolean {
    return this.calls.indexOf(start) > this.calls.indexOf(stop);
  }

  #wasHealthy(call: LifecycleCall): boolean {
    return call.alone && this.trouble.failed === 0 && this.trouble.hung === 0 && !this.trouble.slow;
  }

  readonly #isOver = ({ generation, watched }: LifecycleCall): boolean =>
    watched.state === 'rejected' || (generation !== undefined && this.#ended.has(generation));

  #isRunner(call: LifecycleCall): boolean {
    return this.#subject.kind === 'in-place runner' && call.method === 'start';
  }
}

/** A failure of which a deadline is only the consequence: that of a dispose, after the error that made it necessary. */
function timedOutUndoing(reason: unknown): boolean {
  if (!(reason instanceof Error) || reason.name !== 'SuppressedError') return false;
  const { error, suppressed } = reason as Error & { readonly error?: unknown; readonly suppressed?: unknown };
  return [error, suppressed].some((part) => timedOutUndoing(part) || (part instanceof Error && part.name === 'TimeoutError'));
}
