import { isFunction } from '../ast/is-function.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { methodOf } from '../flow/walk.ts';
import type { RestartGap } from './restart-facts.ts';
import type { Drain } from '../service.ts';
import type { Mark } from './marks.ts';
import { type Run, runMethod } from './run-method.ts';
import { isSame, type State } from './state.ts';
import type { Life } from './verdict.ts';
import type { FunctionNode } from '../service.ts';
import type { TSESTree } from '@typescript-eslint/utils';

/** How a field is called that is there to keep a service from being started again. */
const TELLING = /restart|broken|crash|dead|dirty|expired|fail|fatal|hung|poison|stuck|taint|time|unusable|zombie/i;

export interface NotRefused {
  readonly kind: RestartGap;
  readonly node: TSESTree.Node;
  readonly flag: string | undefined;
}

/** Why start goes ahead after a stop that timed out. */
export function whyNotRefused({ world, start }: Life, drain: Drain, runs: readonly Run[], marks: readonly Mark[]): NotRefused {
  const ends = runs.flatMap((run) => run.ends.filter(({ state }) => state.raised));
  for (const mark of marks) {
    const { field, vals } = mark;
    const kept = ends.every(({ state }) => (state.fields.get(field) ?? []).every((val) => vals.some((one) => isSame(one, val))));
    const isFlag = TELLING.test(field) || reads(world.facts, start.value, field, new Set());
    if (!isFlag) continue;
    const taken = kept ? undefined : runs.flatMap(({ writes }) => writes).findLast((write) => write.raised && write.field === field && write.node !== mark.node);
    if (taken !== undefined) return { kind: 'cleared', node: taken.node, flag: field };
    const cleared = ends.map(({ state }) => clearedBy({ world, start }, mark, state)).find((node) => node !== undefined);
    if (cleared !== undefined) return { kind: 'cleared', node: cleared, flag: field };
    if (kept && TELLING.test(field)) return { kind: 'untested', node: mark.node, flag: field };
  }
  const [handler] = runs.flatMap(({ handlers }) => handlers);
  const isSwallowed = handler !== undefined && ends.some(({ how }) => how === 'returned');
  return isSwallowed ? { kind: 'swallowed', node: handler, flag: undefined } : { kind: 'no-flag', node: drain.node, flag: undefined };
}

/** The write by which start takes the mark back before it looks at it. */
function clearedBy({ world, start }: Pick<Life, 'start' | 'world'>, { field, vals }: Mark, { fields }: State): TSESTree.Node | undefined {
  const { writes } = runMethod(world, start, { side: 'start', fields });
  return writes.find((write) => write.field === field && !write.vals.some((val) => vals.some((one) => isSame(one, val))))?.node;
}

/** Whether a method looks at a field, by itself or through methods that it calls. */
function reads(facts: Life['world']['facts'], fn: FunctionNode, field: string, seen: Set<FunctionNode>): boolean {
  if (seen.has(fn)) return false;
  seen.add(fn);
  return someBelow(fn.body, (node) => {
    if (node.type !== 'MemberExpression') return false;
    const name = thisMember(node);
    if (name === field) return true;
    const called = name === undefined ? undefined : (methodOf(facts, name)?.value ?? facts.getters.get(name));
    return called !== undefined && isFunction(called) && reads(facts, called, field, seen);
  });
}
