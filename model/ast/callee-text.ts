import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from './is-function.ts';
import { memberName } from './member-name.ts';
import { unwrap } from './unwrap.ts';

/** A short name for a call in a message: `this.start()`, `setInterval(…)`, `this.#loop()`. */
export function calleeText(node: TSESTree.Node): string {
  const inner = unwrap(node);
  const call = inner.type === 'AssignmentExpression' ? unwrap(inner.right) : inner;
  if (call.type !== 'CallExpression' && call.type !== 'NewExpression') return nameOf(call);
  return `${call.type === 'NewExpression' ? 'new ' : ''}${nameOf(call.callee)}(${call.arguments.length === 0 ? '' : '…'})`;
}

function nameOf(node: TSESTree.Node): string {
  const inner = unwrap(node);
  if (inner.type === 'ThisExpression') return 'this';
  if (inner.type === 'Super') return 'super';
  if (inner.type === 'Identifier') return inner.name;
  if (isFunction(inner)) return `(${inner.async ? 'async ' : ''}() => …)`;
  if (inner.type === 'CallExpression') return calleeText(inner);
  return inner.type === 'MemberExpression' ? `${nameOf(inner.object)}.${memberName(inner) ?? '…'}` : '(…)';
}
