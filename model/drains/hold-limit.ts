import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { keyName } from '../ast/key-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { placeOf } from '../locks/lock-place.ts';
import type { LockScope } from '../locks/lock-scope.ts';
import { lockUseOf } from '../locks/lock-use.ts';
import type { LockUse } from '../locks/use.ts';
import type { DeadlineFlaw, FunctionNode } from '../service.ts';
import { type Limit, limitBy, NO_LIMIT, outsideLock, tighter } from './limit.ts';

/** Options that give a lock back while the work under it runs on. */
const FREES = new Set(['delayBeforeAutomaticRelease', 'maxExecutionTime', 'maxOccupationTime']);
const WAITS = new Set(['signal', 'timeout']);

/** The deadline that a hold seems to set to what runs under it, and does not. */
export function limitOfHold({ call, lock }: LockUse, scope: LockScope): Limit {
  const callee = unwrap(call.callee);
  const object = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  const declared = object.type === 'CallExpression' ? object : placeOf(object, scope)?.init;
  const made = declared === undefined ? undefined : unwrap(declared);
  const limits = call.arguments.map((argument) => limitOfOptions(argument, lock.from));
  if (made?.type === 'CallExpression' && calleeName(made) === 'withTimeout') limits.push(limitBy(made, { flaw: 'limits-waiting' }));
  if (made?.type === 'NewExpression' || made?.type === 'CallExpression') limits.push(...made.arguments.map((argument) => limitOfOptions(argument, lock.from)));
  return limits.reduce(tighter, NO_LIMIT);
}

/** The same for a lock that the function acquires, and releases when the work is done. `outer` is the deadline round the function. */
export function limitOfAcquired(fn: FunctionNode, scope: LockScope, outer: Limit): Limit {
  if (!scope.mayLock) return outer;
  let limit = outer;
  visit(fn.body, (node) => {
    const use = node.type === 'CallExpression' ? lockUseOf(node, scope) : undefined;
    if (use?.kind === 'acquire') limit = tighter(outsideLock(limit), limitOfHold(use, scope));
    return undefined;
  });
  return limit;
}

function limitOfOptions(options: TSESTree.Node, from: string | undefined): Limit {
  if (options.type !== 'ObjectExpression') return NO_LIMIT;
  for (const property of options.properties) {
    const flaw = property.type === 'Property' ? flawOf(keyName(property) ?? '', from) : undefined;
    if (flaw !== undefined) return limitBy(property, { flaw });
  }
  return NO_LIMIT;
}

function flawOf(option: string, from: string | undefined): DeadlineFlaw | undefined {
  if (FREES.has(option) || (option === 'timeout' && from === 'p-queue')) return 'frees-slot';
  return WAITS.has(option) ? 'limits-waiting' : undefined;
}
