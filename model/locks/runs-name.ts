import type { TSESTree } from '@typescript-eslint/utils';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';

/** Whether some code runs the function that a name holds: it is that function, calls it, or hands it to `then`. */
export function runsName(node: TSESTree.Node, name: string): boolean {
  const isName = (inner: TSESTree.Node): boolean => inner.type === 'Identifier' && inner.name === name;
  if (isName(unwrap(node))) return true;
  return someBelow(node, (inner) => {
    if (inner.type !== 'CallExpression') return false;
    const callee = unwrap(inner.callee);
    if (isName(callee)) return true;
    if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
    const { name: method } = callee.property;
    return (
      (isName(unwrap(callee.object)) && (method === 'call' || method === 'apply')) || (method === 'then' && inner.arguments.some(isName))
    );
  });
}
