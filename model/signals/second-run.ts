import type { TSESTree } from '@typescript-eslint/utils';
import { constantKey } from '../ast/constant-key.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Guard, Run, Step, Write } from './run.ts';

/** Whether a second signal, which comes while the first run waits, comes to a step too: `again` and `turned-away` are sure. */
export type Verdict = 'again' | 'turned-away' | 'unknown';

/** What becomes of a step of `second` when `first` has begun. They are the same run where one function handles both signals. */
export function verdictOf(step: Step, first: Run, second: Run): Verdict {
  if (first.dropsListeners || second.dropsListeners || second.takesLock) return 'unknown';
  const verdicts = step.guards.map((guard) => verdictOfGuard(guard, step, first));
  if (verdicts.includes('turned-away')) return 'turned-away';
  return verdicts.includes('unknown') ? 'unknown' : 'again';
}

function verdictOfGuard(guard: Guard, step: Step, first: Run): Verdict {
  if (!guard.reads.isPlain) return 'unknown';
  const writes = first.writes.filter((write) => write.epoch <= guard.epoch && !comesAfter(write, step, first) && guard.reads.paths.some((path) => touches(write, path)));
  if (writes.length === 0) return 'again';
  const latch = latchOf(guard);
  if (latch === undefined || guard.when === undefined) return 'unknown';
  const isSure = writes.every(({ path, guards, sets }) => guard.reads.paths.includes(path) && isOnTheWay(guards, step) && comesOut(latch, sets) !== guard.when);
  return isSure && writes.every(({ sets }) => sets !== undefined) ? 'turned-away' : 'unknown';
}

/** Whether the first run makes a write only when it has waited for the step, in a loop or a branch perhaps: while it waits, nothing is written. */
function comesAfter({ thread, passed }: Write, { node }: Step, first: Run): boolean {
  const own = first.steps.find((step) => step.node === node);
  return own?.wait !== undefined && own.thread === thread && passed > own.passed;
}

/** Whether whoever comes to the step has surely made the write. */
function isOnTheWay(guards: Write['guards'], step: Step): boolean {
  return guards.every(({ node, when }) => step.guards.some((guard) => guard.node === node && guard.when === when));
}

/** Whether a write changes what stands under a path. */
export function touches({ path }: Write, read: string): boolean {
  if (path === '*' || path === read) return true;
  return path.endsWith('.*') ? read.startsWith(path.slice(0, -1)) : read.startsWith(`${path}.`);
}

export interface Latch {
  readonly whenSet: boolean;
}

/** How the condition comes out once the variable has been set or cleared. */
export function comesOut({ whenSet }: Latch, sets: boolean | undefined): boolean | undefined {
  return sets === undefined ? undefined : sets === whenSet;
}

/** A condition that asks for nothing but whether one variable is set; and how it comes out when it is. */
export function latchOf({ node, reads }: Guard): Latch | undefined {
  if (reads.paths.length !== 1) return undefined;
  const whenSet = truthWhenSet(node);
  return whenSet === undefined ? undefined : { whenSet };
}

function truthWhenSet(node: TSESTree.Node): boolean | undefined {
  const inner = unwrap(node);
  if (inner.type === 'Identifier' || inner.type === 'MemberExpression') return true;
  if (inner.type === 'UnaryExpression' && inner.operator === '!') {
    const inside = truthWhenSet(inner.argument);
    return inside === undefined ? undefined : !inside;
  }
  if (inner.type !== 'BinaryExpression') return undefined;
  const key = constantKey(inner.right);
  const isSame = key === 'true';
  if (!isSame && key !== 'false' && key !== 'null' && key !== 'undefined') return undefined;
  if (truthWhenSet(inner.left) !== true) return undefined;
  if (inner.operator === '===' || inner.operator === '==') return isSame;
  return inner.operator === '!==' || inner.operator === '!=' ? !isSame : undefined;
}
