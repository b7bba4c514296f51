import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { type Limit, limitBy, limitPerhaps, NO_LIMIT } from './limit.ts';
import { isLookedAt } from './looked-at.ts';
import type { Place, Wait } from './place.ts';

const RUNS = /^(?:firstValueFrom|lastValueFrom|runPromise|runPromiseExit|toPromise)$/;

/** Whether a call makes a promise of an rxjs stream, or of an Effect. */
export function runsStream(call: TSESTree.CallExpression): boolean {
  return RUNS.test(calleeName(call) ?? '');
}

/** `lastValueFrom(this.done$.pipe(timeout(5000)))`, `Effect.runPromise(work.pipe(Effect.timeout('5 seconds')))`. */
export function limitOfStream(call: TSESTree.CallExpression, wait: Wait, place: Place): Limit {
  const timeout = callBelow(call, /^timeout(?:Fail|FailCause)?$/);
  if (timeout !== undefined) return hasFallback(timeout) ? limitPerhaps(timeout) : limitBy(timeout, { error: errorOf(call) });
  const resolves = callBelow(call, /^timeout(?:Option|To)$/);
  if (resolves !== undefined) return isLookedAt(wait.node, call, place) ? limitPerhaps(resolves) : limitBy(resolves, { flaw: 'resolves' });
  const ends = callBelow(call, /^(?:takeUntil|raceWith|race|raceFirst)$/);
  return ends === undefined ? NO_LIMIT : limitPerhaps(ends);
}

function errorOf(call: TSESTree.CallExpression): string | undefined {
  return calleeName(call)?.endsWith('ValueFrom') === true ? 'TimeoutError' : undefined;
}

function callBelow(call: TSESTree.CallExpression, name: RegExp): TSESTree.CallExpression | undefined {
  let found: TSESTree.CallExpression | undefined;
  someBelow(call, (node) => {
    if (node.type !== 'CallExpression' || node === call || !name.test(calleeName(node) ?? '')) return false;
    found = node;
    return true;
  });
  return found;
}

/** rxjs `timeout({ first: ms, with: () => of(undefined) })`. */
function hasFallback({ arguments: [options] }: TSESTree.CallExpression): boolean {
  return options?.type === 'ObjectExpression' && options.properties.some((property) => property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'with');
}
