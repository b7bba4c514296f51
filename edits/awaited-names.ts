import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../model/ast/children.ts';
import { isFunction } from '../model/ast/is-function.ts';
import { placeName } from '../model/ast/place-name.ts';
import { visit } from '../model/ast/visit.ts';

/**
 * The names in what a function awaits or returns, with the last place where it does: `task`, `this.#task`. What a name that is awaited was
 * taken from counts as awaited there too. Functions inside it are not looked into.
 */
export function awaitedNames(body: TSESTree.Node): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  collect(body, body.type === 'BlockStatement' ? undefined : body.range[0], names);
  const sources = sourcesIn(body);
  for (let size = -1; size !== names.size;) {
    size = names.size;
    for (const { name, source } of sources) collect(source, names.get(name), names);
  }
  return names;
}

/** `place` is where the node is awaited, if it is. */
function collect(node: TSESTree.Node, place: number | undefined, names: Map<string, number>): void {
  if (isFunction(node)) return;
  if (node.type === 'VariableDeclaration' && node.kind === 'await using')
    for (const { id } of node.declarations) names.set(id.name, Infinity);
  const at = node.type === 'AwaitExpression' || node.type === 'ReturnStatement' ? node.range[0] : place;
  const name = at === undefined ? undefined : placeName(node);
  if (at !== undefined && name !== undefined) names.set(name, Math.max(at, names.get(name) ?? 0));
  for (const child of childNodes(node)) collect(child, at, names);
}

/** What names are taken from: `const task = this.task`, and `for (const undo of this.undo)`. */
function sourcesIn(body: TSESTree.Node): readonly { readonly name: string; readonly source: TSESTree.Node }[] {
  const sources: { readonly name: string; readonly source: TSESTree.Node }[] = [];
  visit(body, (node) => {
    if (isFunction(node)) return 'skip';
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init !== null) sources.push({ name: node.id.name, source: node.init });
    const declared = node.type === 'ForOfStatement' && node.left.type === 'VariableDeclaration' ? node.left.declarations[0].id : undefined;
    if (node.type === 'ForOfStatement' && declared?.type === 'Identifier') sources.push({ name: declared.name, source: node.right });
    return undefined;
  });
  return sources;
}
