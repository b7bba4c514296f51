import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { around, outermost } from '../ast/parents.ts';
import { someBelow } from '../ast/some-below.ts';
import type { FunctionNode } from '../service.ts';
import type { Code } from './code.ts';

/** A promise in whose executor a timer is set. */
export interface Settled {
  readonly promise: TSESTree.NewExpression;
  readonly executor: FunctionNode;
  /** The names of `resolve` and `reject`. */
  readonly settlers: readonly string[];
}

/** The promise that a timer is there to settle: `new Promise((resolve) => setTimeout(resolve, ms))`. */
export function settledBy(node: TSESTree.CallExpression, callback: FunctionNode | undefined, code: Code): Settled | undefined {
  const around = promiseAround(node, code);
  if (around === undefined) return undefined;
  const [first] = node.arguments;
  const isHandedOver = first !== undefined && isSettler(first, around.settlers);
  return isHandedOver || (callback !== undefined && someBelow(callback.body, (below) => isSettler(below, around.settlers))) ? around : undefined;
}

export function isSettler(node: TSESTree.Node, settlers: readonly string[]): boolean {
  return node.type === 'Identifier' && settlers.includes(node.name);
}

function promiseAround(node: TSESTree.Node, code: Code): Settled | undefined {
  for (const at of around(node, code)) {
    if (!isFunction(at)) continue;
    const parent = code.parents.get(outermost(at, code));
    if (parent?.type !== 'NewExpression' || calleeName(parent) !== 'Promise') continue;
    return { promise: parent, executor: at, settlers: at.params.flatMap((param) => (param.type === 'Identifier' ? [param.name] : [])) };
  }
  return undefined;
}
