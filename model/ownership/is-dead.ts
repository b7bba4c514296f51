import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { bindingOf } from '../names/binding-of.ts';
import type { SignalFile } from '../signals/signal-file.ts';

/** Whether a test holds when what a `WeakRef` pointed to has been collected: `!ref.deref()`, `owner === undefined`. */
export function isDead(test: TSESTree.Node, file: SignalFile): boolean {
  const inner = unwrap(test);
  if (inner.type === 'UnaryExpression') return inner.operator === '!' && isDereferenced(inner.argument, file);
  if (inner.type !== 'BinaryExpression' || !/^={2,3}$/.test(inner.operator)) return false;
  const isNothing = (node: TSESTree.Node): boolean =>
    (node.type === 'Identifier' && node.name === 'undefined') || (node.type === 'Literal' && node.value === null && node.raw === 'null');
  return isNothing(unwrap(inner.right)) && isDereferenced(inner.left, file);
}

function isDereferenced(node: TSESTree.Node, file: SignalFile): boolean {
  const inner = unwrap(node);
  if (inner.type === 'CallExpression') return calleeName(inner) === 'deref';
  const binding = inner.type === 'Identifier' ? bindingOf(inner.name, inner, file.parents) : undefined;
  return binding?.init !== undefined && binding.init !== node && isDereferenced(binding.init, file);
}
