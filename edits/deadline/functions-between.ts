import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { childNodes } from '../../model/ast/children.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import type { FunctionNode, Method } from '../../model/service.ts';

/** The functions inside a method that a node stands in, from the outside in. */
export function functionsBetween({ value }: Method, target: TSESTree.Node): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  let node: TSESTree.Node | undefined = value.body;
  while (node !== undefined && node !== target) {
    if (isFunction(node)) found.push(node);
    node = childNodes(node).find((child) => contains(child, target));
  }
  return found;
}
