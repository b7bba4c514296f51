import type { TSESTree } from '@typescript-eslint/utils';
import { constantKey } from '../ast/constant-key.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { findField, type LockScope } from './lock-scope.ts';

/** The key of a keyed lock where it is always the same: `"lifecycle"`, `LOCK_KEY`, `Keys.Lifecycle`. */
export function constantLockKey(node: TSESTree.Node, scope: LockScope, depth = 0): string | undefined {
  const inner = unwrap(node);
  if (depth > 3) return undefined;
  const own = thisMember(inner);
  if (own !== undefined) {
    const init = findField(scope, own)?.init;
    return init === undefined ? undefined : constantLockKey(init, scope, depth + 1);
  }
  if (inner.type !== 'Identifier') return constantKey(inner);
  const local = scope.locals.get(inner.name);
  const init = local === undefined ? scope.file.constants.get(inner.name) : local.path.length === 0 ? local.init : undefined;
  if (init !== undefined) return constantLockKey(init, scope, depth + 1) ?? (local === undefined ? inner.name : undefined);
  return local === undefined ? inner.name : undefined;
}
