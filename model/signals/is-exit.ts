import type { TSESTree } from '@typescript-eslint/utils';
import { calleeText } from '../ast/callee-text.ts';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';

/** `process.exit(…)`, which ends the process at once. */
export function isExit(node: TSESTree.Node): node is TSESTree.CallExpression {
  return node.type === 'CallExpression' && isOfProcess(node.callee) === 'exit';
}

/** The name of the method that a callee takes from `process`: `on` for `process.on` and `globalThis.process.on`. */
export function isOfProcess(callee: TSESTree.Node): string | undefined {
  const inner = unwrap(callee);
  if (inner.type !== 'MemberExpression') return undefined;
  const object = unwrap(inner.object);
  const isGlobal = object.type === 'MemberExpression' && memberName(object) === 'process' && /^(?:global|globalThis)$/.test(calleeText(object.object));
  return isGlobal || (object.type === 'Identifier' && object.name === 'process') ? memberName(inner) : undefined;
}
