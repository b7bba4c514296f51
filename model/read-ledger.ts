import type { TSESTree } from '@typescript-eslint/utils';
import { fileFunctionsOf } from './drains/file-functions.ts';
import { readCode } from './ledger/code.ts';
import { sourceOf } from './ledger/field-source.ts';
import { readReach } from './ledger/reach.ts';
import { readTimers } from './ledger/read-timers.ts';
import { readResources } from './ledger/read-resources.ts';
import { readTasks } from './ledger/read-tasks.ts';
import type { LedgerScope } from './ledger/scope.ts';
import { readTimerCode } from './ledger/timer-code.ts';
import { fileNamesOf } from './locks/file-names.ts';
import { chain } from './locks/lock-scope.ts';
import type { Hooks } from './read-sides.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { ClassFacts, TeardownFacts } from './service.ts';
import type { ResolvedSettings } from './settings.ts';

interface Context {
  readonly settings: ResolvedSettings;
  readonly program: TSESTree.Program;
  readonly teardown: TeardownFacts;
}

/** What a class acquires: where, into which field, and whether and where stop ends it. */
export function readLedger(facts: ClassFacts, sides: Hooks, { settings, program, teardown }: Context): Ledger {
  const code = readCode(facts);
  const declared = chain(facts);
  const { imports } = fileNamesOf(program);
  const isPromiseTimer = (name: string): boolean => imports.get(name)?.from.endsWith('timers/promises') === true;
  const scope: LedgerScope = {
    code,
    reach: readReach(code, sides),
    sides,
    teardown,
    file: fileFunctionsOf(program),
    timers: readTimerCode(code, isPromiseTimer),
    resources: settings.resources.map(({ acquire, release }) => ({ kind: 'subscription', acquire, release })),
    isGiven: (field) => sourceOf(field, code) === 'given',
    isMade: (field) => sourceOf(field, code) === 'made',
    isDeclared: (field) => declared.some(({ fields }) => fields.has(field)),
  };
  const tasks = readTasks(scope);
  const timers = readTimers(scope, tasks);
  const entries = [...tasks, ...timers, ...readResources(scope)].toSorted((a, b) => a.node.range[0] - b.node.range[0]);
  return Object.freeze({ entries: Object.freeze(entries), tasks: Object.freeze(tasks), timers: Object.freeze(timers) });
}
