import type { Action, Method } from './action.ts';
import type { Run } from './run.ts';
import type { Subject } from './subject.ts';

/** Who calls what, and how much may happen beside it. All its orders are finitely many. */
export interface Scenario {
  readonly name: string;
  /** Each makes its calls one after the other; the clients run at the same time. */
  readonly clients: readonly (readonly Method[])[];
  /** How many operations of the driver are done. */
  readonly operations: number;
  /** How many timers fire before the end. */
  readonly timers: number;
  readonly failures: number;
  readonly hangs: number;
  /** No order is longer, which only bounds a service that never waits. */
  readonly steps: number;
}

const quiet = { operations: 0, timers: 0, failures: 0, hangs: 0, steps: 24 } as const;

/** The scenarios of which every order is tried, where the class has what they call. */
export function scenariosFor({ kind }: Subject, run: Run, steps: number): readonly Scenario[] {
  return [
    { ...quiet, name: 'race', clients: [['start', 'stop'], ['start'], ['stop', 'start']] },
    { ...quiet, name: 'work', clients: [['start', 'stop'], ['start']], operations: 1, timers: 2, steps },
    { ...quiet, name: 'failure', clients: [['start', 'stop', 'start'], ['stop']], failures: 1, timers: 1, steps },
    { ...quiet, name: 'failing work', clients: [['start', 'stop']], operations: 1, failures: 1, timers: 1, steps },
    // An adapter has nothing that drains: what hangs there is its own start or stop, which no rule bounds.
    ...(kind === 'adapter' ? [] : [{ ...quiet, name: 'hang', clients: [['start', 'stop', 'start']] as const, operations: 1, timers: 2, hangs: 1, steps }]),
    ...(run.has('dispose') ? [{ ...quiet, name: 'dispose', clients: [['start', 'dispose'], ['dispose', 'start']] as const, timers: 1 }] : []),
    ...(run.has('restart') ? [{ ...quiet, name: 'restart', clients: [['start', 'restart'], ['stop', 'restart']] as const }] : []),
  ];
}

/** For random walks: everything at once. */
export function mixture({ kind }: Subject, run: Run): Scenario {
  const end = run.has('dispose') ? 'dispose' : 'stop';
  return {
    name: 'mixture',
    clients: [['start', 'stop', 'start'], ['start', end], ['stop', 'start', 'stop'], run.has('restart') ? ['restart'] : ['start']],
    operations: 3,
    timers: 4,
    failures: 1,
    hangs: kind === 'adapter' ? 0 : 1,
    steps: 30,
  };
}

/** What of a scenario can come next. */
export function nextActions({ clients, ...most }: Scenario, run: Run): readonly Action[] {
  const done = run.steps.map(({ action }) => action);
  const count = (kind: Action['kind']): number => done.filter((action) => action.kind === kind).length;
  if (done.length >= most.steps) return [];
  return [
    ...clients.flatMap((methods, index) => {
      const client = String.fromCharCode('a'.charCodeAt(0) + index);
      const method = methods[done.filter((action) => action.kind === 'call' && action.client === client).length];
      return method !== undefined && run.isFree(client) ? [{ kind: 'call', client, method } as const] : [];
    }),
    ...(count('operate') < most.operations ? run.operations.map((name) => ({ kind: 'operate', name }) as const) : []),
    ...replies(run, { fail: count('fail') < most.failures, hang: count('hang') < most.hangs }),
    ...(run.world.timers.armed.length > 0 && count('time') < most.timers ? [{ kind: 'time' } as const] : []),
  ];
}

function replies(run: Run, may: { readonly fail: boolean; readonly hang: boolean }): readonly Action[] {
  const seen = new Map<string, number>();
  return run.unanswered.flatMap((call) => {
    const { name } = call;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return [
      { kind: 'answer', name, nth } as const,
      ...(may.fail ? [{ kind: 'fail', name, nth } as const] : []),
      ...(may.hang && run.isWork(call) ? [{ kind: 'hang', name, nth } as const] : []),
    ];
  });
}
