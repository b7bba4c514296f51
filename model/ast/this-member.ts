import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from './member-name.ts';
import { unwrap } from './unwrap.ts';

/** The name in `this.name` or `this.#name`, also through `?.`, `!` and `as`; undefined for anything else, `super.name` included. */
export function thisMember(node: TSESTree.Node): string | undefined {
  const inner = unwrap(node);
  if (inner.type !== 'MemberExpression' || unwrap(inner.object).type !== 'ThisExpression') return undefined;
  return memberName(inner);
}
