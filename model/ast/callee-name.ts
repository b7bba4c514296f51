import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from './member-name.ts';
import { unwrap } from './unwrap.ts';

/** The last name in what is called: `setInterval`, `close` for `this.server.close(…)`, `Mutex` for `new locks.Mutex()`. */
export function calleeName(node: TSESTree.CallExpression | TSESTree.NewExpression): string | undefined {
  const callee = unwrap(node.callee);
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? memberName(callee) : undefined;
}
