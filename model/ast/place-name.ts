import type { TSESTree } from '@typescript-eslint/utils';
import { thisMember } from './this-member.ts';

/** What a local or a field of this object is called where it stands: `task`, `this.task`. */
export function placeName(node: TSESTree.Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  const field = thisMember(node);
  return field === undefined ? undefined : `this.${field}`;
}
