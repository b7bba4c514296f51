import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from './member-name.ts';
import { unwrap } from './unwrap.ts';

/** `timer` for `timer`, `this.timer` and `timers.drain?.timer`. */
export function lastName(node: TSESTree.Node): string | undefined {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return inner.name;
  return inner.type === 'MemberExpression' ? memberName(inner) : undefined;
}
