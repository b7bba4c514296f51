import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../../model/ast/member-name.ts';
import { unwrap } from '../../model/ast/unwrap.ts';

/** Whether a node takes a listener off: `process.off('SIGINT', shutdown)`. */
export function isRemoval(node: TSESTree.Node | undefined): boolean {
  const callee = node?.type === 'CallExpression' ? unwrap(node.callee) : undefined;
  return callee?.type === 'MemberExpression' && /^(?:off|removeListener)$/.test(memberName(callee) ?? '');
}
