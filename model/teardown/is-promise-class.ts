import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';

/** `Promise`, or one that is handed round: `this.Promise`, `this.broker.Promise`. */
export function isPromiseClass(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'Identifier' ? inner.name === 'Promise' : inner.type === 'MemberExpression' && memberName(inner) === 'Promise';
}
