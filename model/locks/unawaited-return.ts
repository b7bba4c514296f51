import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { isClass } from '../ast/is-class.ts';
import { visit } from '../ast/visit.ts';
import type { LockScope } from './lock-scope.ts';
import { mayBePromise } from './may-be-promise.ts';

/** A `return promise` that leaves a try block or a `using` scope: the lock is released before the promise settles. */
export interface UnawaitedReturn {
  readonly node: TSESTree.Node;
  /** False where what is returned may as well be no promise. */
  readonly isSure: boolean;
}

export function unawaitedReturn(held: readonly TSESTree.Node[], scope: LockScope): UnawaitedReturn | undefined {
  let found: UnawaitedReturn | undefined;
  for (const part of held) {
    visit(part, (node) => {
      if (isFunction(node) || isClass(node)) return 'skip';
      const promise = node.type !== 'ReturnStatement' || node.argument == null ? 'no' : mayBePromise(node.argument, scope);
      if (promise !== 'no' && found?.isSure !== true) found = { node, isSure: promise === 'yes' };
      return undefined;
    });
  }
  return found;
}
