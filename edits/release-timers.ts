import type { TSESTree } from '@typescript-eslint/utils';
import type { Timer } from '../model/ledger/ledger.ts';
import type { LocalInterval } from '../model/ledger/local-intervals.ts';
import { type LocalTimer, localTimersOf } from '../model/ledger/local-timers.ts';
import { type TimerGap, timerGapsOf } from '../model/ledger/timer-gaps.ts';
import type { Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { joinNext } from './insert-field.ts';
import type { Obstacle } from './lock-obstacle.ts';
import type { Change, Outcome } from './outcome.ts';
import { linesBefore, insertAfter } from './text/beside.ts';
import { fileStyleOf } from './text/file-style.ts';
import { askAfterWait } from './timers/ask-after-wait.ts';
import { clearCall } from './timers/clear-call.ts';
import { clearInFinally } from './timers/clear-in-finally.ts';
import { type Clearing, clearInStop } from './timers/clear-in-stop.ts';
import { clearWhereSettled } from './timers/clear-where-settled.ts';
import { clearing, type Handle, handleOf } from './timers/handle.ts';
import { keepHandle, workOf } from './timers/keep-handle.ts';
import { runsOnNode } from './timers/runs-on-node.ts';
import { setAnew } from './timers/set-anew.ts';

/** Clears each timer of a service before it is set again and first thing in stop, and lets none come back behind stop's back. */
export function releaseTimers(service: Service, source: Source, timers: readonly Timer[] = service.ledger.timers): Outcome | undefined {
  const plan = new TimerPlan(service, source);
  for (const timer of timers) {
    const obstacle = plan.mend(timer, timerGapsOf(timer, true));
    if (obstacle !== undefined) return { kind: 'leftover', ...obstacle };
  }
  const [from, to] = service.node.range;
  const locals = timers === service.ledger.timers ? localTimersOf(source.program).filter(({ node: { range } }) => from <= range[0] && range[1] <= to) : [];
  const local = releaseLocals(locals, source);
  if ('why' in local) return { kind: 'leftover', ...local };
  const changes = plan.changes();
  if ('why' in changes) return { kind: 'leftover', ...changes };
  const all = [...changes, ...local];
  return all.length === 0 ? undefined : { kind: 'edit', changes: all, safety: 'review', added: 'timer release', needs: [] };
}

/** Clears the timers of one function on every way out of it, and lets its keep-alives keep nothing but a connection alive. */
export function releaseLocalTimers(timers: readonly LocalTimer[], source: Source, intervals: readonly LocalInterval[] = []): Outcome | undefined {
  const released = releaseLocals(timers, source);
  if ('why' in released) return { kind: 'leftover', ...released };
  const changes = [...released, ...intervals.flatMap(({ gap, node: { range } }) => (gap === 'keepsAlive' ? [{ start: range[1], end: range[1], text: '.unref()' }] : []))];
  return changes.length === 0 ? undefined : { kind: 'edit', changes, safety: 'review', added: 'timer release', needs: [] };
}

function releaseLocals(timers: readonly LocalTimer[], source: Source): Obstacle | readonly Change[] {
  const changes: Change[] = [];
  for (const timer of timers) {
    const released = timer.kind === 'interval' ? clearInFinally(timer, source) : clearWhereSettled(timer, source);
    if ('why' in released) return released;
    changes.push(...released);
  }
  return changes;
}

/** What comes before a statement that sets a timer. */
interface Ahead {
  clear: string;
  test: string;
  assign: string;
}

/** Collects what is to be done for the timers of one service, so that two of them can share a statement or a field. */
class TimerPlan {
  readonly #service: Service;
  readonly #source: Source;
  readonly #ahead = new Map<TSESTree.Statement, Ahead>();
  readonly #clearings: Clearing[] = [];
  readonly #fields: Change[] = [];
  readonly #changes: Change[] = [];
  /** The fields that are new, by the work of their timers. */
  readonly #kept = new Map<string, Handle>();

  constructor(service: Service, source: Source) {
    this.#service = service;
    this.#source = source;
  }

  mend(timer: Timer, gaps: readonly TimerGap[]): Obstacle | undefined {
    for (const gap of gaps) {
      const obstacle = this.#mendGap(timer, gap);
      if (obstacle !== undefined) return obstacle;
    }
    return undefined;
  }

  changes(): Obstacle | readonly Change[] {
    const cleared = this.#clearings.length === 0 ? [] : clearInStop(this.#service, this.#source, this.#clearings);
    if ('why' in cleared) return cleared;
    const { semicolon } = fileStyleOf(this.#source);
    const ahead = Array.from(this.#ahead, ([statement, { clear, test, assign }]): Change => {
      const [start] = statement.range;
      const before = clear === '' ? '' : linesBefore(this.#source, start, [clear + semicolon]);
      return { start, end: start, text: `${before}${test === '' ? '' : `if (${test}) `}${assign}` };
    });
    const fields = this.#fields.map((field, index) => this.#fields.slice(index + 1).reduce((joined, next) => joinNext(this.#source, joined, next), field));
    return [...fields, ...cleared, ...ahead, ...this.#changes];
  }

  #mendGap(timer: Timer, gap: TimerGap): Obstacle | undefined {
    const { node, text, keep } = timer;
    const leave = (why: string): Obstacle => ({ node, why: `${text} ${why}` });
    switch (gap) {
      case 'stranded':
        return leave('settles a promise that is waited for; let what clears it settle that too');
      case 'keepsAlive':
        if (!runsOnNode(this.#source)) return leave('may run where a timer has no unref()');
        this.#changes.push({ start: node.range[1], end: node.range[1], text: '.unref()' });
        return undefined;
      case 'rearmed':
        return this.#clearBefore(timer);
      case 'revived':
        return this.#ask(timer);
      case 'skipped':
      case 'unreleased':
        if (timer.settles) return leave('settles a promise, which would stay pending if it were cleared');
        if (timer.feeds) return leave(`does what ${this.#service.stop.main.name}() waits for`);
        if (keep.in === 'field') {
          this.#clear(timer, handleOf(this.#service.facts, this.#source, keep.name));
          return undefined;
        }
        return keep.in === 'nowhere' || keep.in === 'local' ? this.#keep(timer) : leave(`is kept in ${keep.in === 'elsewhere' ? 'a place out of sight' : `this.${keep.name}`}`);
    }
  }

  #clear(timer: Timer, handle: Handle): void {
    this.#clearings.push({ timer, handle, call: this.#callOf(timer) });
  }

  #keep(timer: Timer): Obstacle | undefined {
    const kept = keepHandle(this.#service, this.#source, timer, this.#kept);
    if ('why' in kept) return kept;
    const { handle, field, statement, local } = kept;
    const { semicolon } = fileStyleOf(this.#source);
    this.#kept.set(workOf(timer, this.#service), handle);
    if (field !== undefined) this.#fields.push(field);
    const ahead = this.#aheadOf(statement);
    ahead.clear = clearing(handle, this.#callOf(timer));
    if (local === undefined) ahead.assign = `this.${handle.name} = `;
    else this.#changes.push(insertAfter(this.#source, statement, [`this.${handle.name} = ${local}${semicolon}`]));
    const isCleared = this.#service.ledger.timers.some((other) => other.keep.in === 'field' && other.keep.name === handle.name && other.released === 'yes');
    if (!isCleared) this.#clear(timer, handle);
    return undefined;
  }

  #clearBefore(timer: Timer): Obstacle | undefined {
    const statement = setAnew(this.#service, timer);
    if ('why' in statement) return statement;
    this.#aheadOf(statement).clear = this.#clearingOf(timer);
    return undefined;
  }

  /** A start may have set it anew during the await: then it is cleared, so that one of them goes on. */
  #ask(timer: Timer): Obstacle | undefined {
    const { keep, text, node } = timer;
    if (keep.in !== 'field') return { node, why: `${text} is set again after an await, and kept in no field` };
    const asked = askAfterWait(this.#service, this.#source, timer, handleOf(this.#service.facts, this.#source, keep.name));
    if ('why' in asked) return asked;
    for (const statement of asked.statements) this.#aheadOf(statement).test = asked.test;
    const isFirst = timer.origins.size === 1 && timer.origins.has('start');
    const anew = setAnew(this.#service, timer);
    if (!('why' in anew) && !isFirst) this.#aheadOf(anew).clear = this.#clearingOf(timer);
    return undefined;
  }

  #clearingOf(timer: Timer): string {
    const name = 'name' in timer.keep ? timer.keep.name : '';
    return clearing(handleOf(this.#service.facts, this.#source, name), this.#callOf(timer));
  }

  #callOf({ node }: Timer): string {
    return clearCall(node as TSESTree.CallExpression, this.#source);
  }

  #aheadOf(statement: TSESTree.Statement): Ahead {
    const known = this.#ahead.get(statement) ?? { clear: '', test: '', assign: '' };
    this.#ahead.set(statement, known);
    return known;
  }
}
