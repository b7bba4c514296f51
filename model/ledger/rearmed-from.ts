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

const cache = new WeakMap<LedgerScope, readonly Thread[]>();

/** The entry beside start from which a timer is set although it may still run: nothing on the way clears it, or asks whether it is set. */
export function rearmedFrom({ node, what }: TimerCode, { keep }: Kept, same: readonly TSESTree.Node[], scope: LedgerScope): Timer['rearmed'] {
  if (keep.in !== 'field' || scope.code.hasAlias) return undefined;
  // A timeout that has fired is over, whichever of the calls had set it.
  const fired = scope.timers.filter((timer) => timer.what !== 'interval' && same.includes(timer.node)).map(({ callback }) => callback);
  for (const { entry, flow } of threads(scope)) {
    const { steps } = flow;
    if (what !== 'interval' && fired.some((callback) => callback === entry.method.value)) continue;
    const at = steps.findIndex((step) => step.kind === 'spawn' && step.what === 'timer' && step.node === node);
    if (at !== -1 && !steps.slice(0, at).some((step, index) => guards(step, steps.slice(index, at), keep.name, scope))) {
      return Object.freeze({ from: nameOf(entry), method: entry.method.name });
    }
  }
  return undefined;
}

function threads(scope: LedgerScope): readonly Thread[] {
  const known = cache.get(scope);
  if (known !== undefined) return known;
  const { facts } = scope.code;
  const hooks = new Set([scope.sides.start, scope.sides.stop].flatMap(({ methods, forwarders }) => [...methods, ...forwarders]).map(({ name }) => name));
  const read = entriesOf(facts, scope.sides).flatMap((entry) => threadsOf(entry, readFlow(facts, entry.method, hooks)));
  cache.set(scope, read);
  return read;
}

/** A step by which the timer is not set twice: it is cleared, looked at, all is stopped, or a flag that keeps others out is raised. */
function guards(step: Step, later: readonly Step[], field: string, { sides }: LedgerScope): boolean {
  if (step.kind === 'call' && step.self) return sides.stop.methods.some(({ name }) => name === step.name);
  if (step.kind === 'call') return step.on === field || step.args.includes(field);
  if (step.kind !== 'test') return false;
  if (step.field === field) return true;
  return leavesMethod(step) && later.some((other) => other.kind === 'write' && other.field === step.field);
}

/** As in messages: `` `calendarChanged()` ``, ``the `close` handler``. */
function nameOf({ kind, what, method: { name } }: Entry): string {
  if (kind === 'public') return `\`${name}()\``;
  return name.startsWith('=>') ? `the ${what}` : `\`${name}()\`, the ${what},`;
}
