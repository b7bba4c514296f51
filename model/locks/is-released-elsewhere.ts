import { someBelow } from '../ast/some-below.ts';
import type { Lock } from '../service.ts';
import { isSameLock } from './lock-of.ts';
import { chain, type LockScope, scopeIn } from './lock-scope.ts';
import { lockUseOf } from './lock-use.ts';

/** Whether some method of the class calls `lock.release()`: start may take the lock for stop to give back. */
export function isReleasedElsewhere(lock: Lock, scope: LockScope): boolean {
  return chain(scope.self).some((owner) =>
    [...owner.methods.values()].some(({ value }) => {
      const inner = scopeIn(scope, owner, value);
      return someBelow(value.body, (node) => {
        const use = node.type === 'CallExpression' ? lockUseOf(node, inner) : undefined;
        return use?.kind === 'release' && isSameLock(use.lock, lock);
      });
    }),
  );
}
