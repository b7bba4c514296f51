import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../model/ast/children.ts';
import { isFunction } from '../model/ast/is-function.ts';
import { thisMember } from '../model/ast/this-member.ts';

/** The names in what a function awaits or returns: `task`, `this.#task`. Functions inside it are not looked into. */
export function awaitedNames(body: TSESTree.Node): ReadonlySet<string> {
  const names = new Set<string>();
  collect(body, body.type !== 'BlockStatement', names);
  return names;
}

function collect(node: TSESTree.Node, awaited: boolean, names: Set<string>): void {
  if (isFunction(node)) return;
  if (node.type === 'VariableDeclaration' && node.kind === 'await using') for (const { id } of node.declarations) names.add(id.name);
  const isAwaited = awaited || node.type === 'AwaitExpression' || node.type === 'ReturnStatement';
  if (isAwaited && node.type === 'Identifier') names.add(node.name);
  const field = isAwaited ? thisMember(node) : undefined;
  if (field !== undefined) names.add(`this.${field}`);
  for (const child of childNodes(node)) collect(child, isAwaited, names);
}
