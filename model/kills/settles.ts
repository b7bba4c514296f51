import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { around } from '../ast/parents.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import type { FunctionNode } from '../service.ts';
import { functionFor } from './called.ts';
import type { FileCode } from './file-code.ts';
import type { Binding } from '../names/binding.ts';

/** The promise whose executor a node stands in, and the names that settle it. */
export interface Executor {
  readonly promise: TSESTree.NewExpression;
  readonly settlers: readonly Binding[];
}

/** The executors around a node, innermost first. */
export function executorsAround(node: TSESTree.Node, code: FileCode): Executor[] {
  return Array.from(around(node, code)).flatMap((at) => {
    const executor = at.type === 'NewExpression' && calleeName(at) === 'Promise' ? at.arguments[0] : undefined;
    if (at.type !== 'NewExpression' || executor === undefined || !isFunction(executor)) return [];
    return [{ promise: at, settlers: settlersOf(executor, code) }];
  });
}

function settlersOf({ params }: FunctionNode, { names }: FileCode): Binding[] {
  return params.flatMap((param) => (param.type === 'Identifier' ? (names.get(param) ?? []) : []));
}

const MAX_DEPTH = 4;

/** Whether a callback may settle a promise: it is, calls or hands on one of its settlers, also through functions of the file. */
export function maySettle(callback: TSESTree.Node, settlers: readonly Binding[], code: FileCode, depth = 0): boolean {
  let found = false;
  visit(callback, (node) => {
    if (node.type === 'Identifier') found ||= settlers.some((settler) => settler === code.names.get(node));
    if (node.type === 'Identifier' || (node.type === 'CallExpression' && !isFunction(unwrap(node.callee)))) {
      const fn = functionFor(node.type === 'Identifier' ? node : node.callee, code);
      if (fn !== undefined && fn !== callback && !found && depth < MAX_DEPTH) found = maySettle(fn, settlers, code, depth + 1);
    }
    return found ? 'skip' : undefined;
  });
  return found;
}
