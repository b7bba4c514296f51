import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { keyName } from '../../model/ast/key-name.ts';
import { around, outermost, type Parents } from '../../model/ast/parents.ts';
import { isStopName } from '../../model/ownership/is-stop-call.ts';
import { functionName } from '../../model/ownership/owner-name.ts';

/**
 * Whether somebody may ask a variable or field if it is set, and so take it for started: anywhere but in a clean-up, all that may be done with it
 * is to use it or to set it.
 */
export function isLookedAt(mention: TSESTree.Node, parents: Parents): boolean {
  const whole = outermost(mention, { parents });
  const parent = parents.get(whole);
  if (parent?.type === 'MemberExpression' && parent.object === whole && !parent.optional) return false;
  if (parent?.type === 'AssignmentExpression' && parent.left === whole && parent.operator === '=') return parents.get(parent)?.type !== 'ExpressionStatement';
  return !isCleanUp(mention, parents);
}

function isCleanUp(node: TSESTree.Node, parents: Parents): boolean {
  let inner = node;
  for (const at of around(node, { parents })) {
    if (at.type === 'CatchClause' || (at.type === 'TryStatement' && at.finalizer === inner)) return true;
    if (isFunction(at)) {
      const parent = parents.get(at);
      const name = parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition' ? keyName(parent) : functionName(at, parent);
      if (isStopName(name ?? '')) return true;
    }
    inner = at;
  }
  return false;
}
