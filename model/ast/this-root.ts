import type { TSESTree } from '@typescript-eslint/utils';
import { thisMember } from './this-member.ts';
import { unwrap } from './unwrap.ts';

/** The field that a member chain starts from: `server` for `this.server`, `this.server.socket.end` and `this.server[0]`. */
export function thisRoot(node: TSESTree.Node): string | undefined {
  let inner = unwrap(node);
  for (;;) {
    const name = thisMember(inner);
    if (name !== undefined) return name;
    if (inner.type !== 'MemberExpression') return undefined;
    inner = unwrap(inner.object);
  }
}
