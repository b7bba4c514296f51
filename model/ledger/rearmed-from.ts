import type { TSESTree } from '@typescript-eslint/utils';
import { leavesMethod } from '../flow/leaves-method.ts';
import type { Step } from '../flow/step.ts';
import { readFlow } from '../read-flow.ts';
import type { Timer } from './ledger.ts';
import { type Entry, entriesOf } from '../transitions/entries.ts';
import { type Thread, threadsOf } from '../transitions/threads.ts';
import type { Kept } from './keep-of.ts';
import type { LedgerScope } from './scope.ts';
import type { TimerCode } from './timer-code.ts';

/** A thread, and the place among its steps at which it sets a timer first. */
interface Setting {
  readonly thread: Thread;
  readonly at: number;
}

const cache = new WeakMap<LedgerScope, ReadonlyMap<TSESTree.Node, readonly Setting[]>>();

/** The entry beside start from which a timer is set although it may still run: nothing on the way clears it, or asks whether it is set. */
export function rearmedFrom({ node, what }: TimerCode, { keep }: Kept, same: readonly TSESTree.Node[], scope: LedgerScope): Timer['rearmed'] {
  if (keep.in !== 'field' || scope.code.hasAlias) return undefined;
  // A timeout that has fired is over, whichever of the calls had set it.
  const settings = settingsIn(scope).get(node) ?? [];
  const places = settings.length === 0 ? undefined : new Set(same);
  const fired = scope.timers.filter((timer) => timer.what !== 'interval' && places?.has(timer.node) === true).map(({ callback }) => callback);
  for (const { thread, at } of settings) {
    const { entry, flow } = thread;
    if (what !== 'interval' && fired.some((callback) => callback === entry.method.value)) continue;
    const before = flow.steps.slice(0, at);
    if (!before.some((step, index) => guards(step, before, index, keep.name, scope))) return Object.freeze({ from: nameOf(entry), method: entry.method.name });
  }
  return undefined;
}

/** Where each timer is set beside start. */
function settingsIn(scope: LedgerScope): ReadonlyMap<TSESTree.Node, readonly Setting[]> {
  const known = cache.get(scope);
  if (known !== undefined) return known;
  const settings = new Map<TSESTree.Node, Setting[]>();
  for (const thread of threadsIn(scope)) {
    for (const [at, step] of thread.flow.steps.entries()) {
      if (step.kind !== 'spawn' || step.what !== 'timer') continue;
      const own = settings.get(step.node) ?? [];
      settings.set(step.node, own);
      if (own.at(-1)?.thread !== thread) own.push({ thread, at });
    }
  }
  cache.set(scope, settings);
  return settings;
}

function threadsIn(scope: LedgerScope): readonly Thread[] {
  const { facts } = scope.code;
  const hooks = new Set([scope.sides.start, scope.sides.stop].flatMap(({ methods, forwarders }) => [...methods, ...forwarders]).map(({ name }) => name));
  return entriesOf(facts, scope.sides).flatMap((entry) => threadsOf(entry, readFlow(facts, entry.method, hooks)));
}

/** A step by which the timer is not set twice: it is cleared, looked at, all is stopped, or a flag that keeps others out is raised. */
function guards(step: Step, before: readonly Step[], index: number, field: string, { sides }: LedgerScope): boolean {
  if (step.kind === 'call' && step.self) return sides.stop.methods.some(({ name }) => name === step.name);
  if (step.kind === 'call') return step.on === field || step.args.includes(field);
  if (step.kind !== 'test') return false;
  if (step.field === field) return true;
  return leavesMethod(step) && before.some((other, at) => at > index && other.kind === 'write' && other.field === step.field);
}

/** As in messages: `` `calendarChanged()` ``, ``the `close` handler``. */
function nameOf({ kind, what, method: { name } }: Entry): string {
  if (kind === 'public') return `\`${name}()\``;
  return name.startsWith('=>') ? `the ${what}` : `\`${name}()\`, the ${what},`;
}
