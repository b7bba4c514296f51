import type { TSESTree } from '@typescript-eslint/utils';
import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import type { ClassFacts, Method } from '../model/service.ts';
import { heldNodes } from './held-nodes.ts';

/** `this.socket = connect(); await once(this.socket, 'open');`: whether start puts something in a field and waits for what comes of it. */
export function awaitsWhatEnds(facts: ClassFacts, start: Method, field: string): boolean {
  const aliases = new Set<string>();
  const names = (node: TSESTree.Node): boolean => someBelow(node, (inner) => thisMember(inner) === field || (inner.type === 'Identifier' && aliases.has(inner.name)));
  const nodes = heldNodes(facts, start);
  for (const node of nodes) {
    if (node.type === 'AssignmentExpression' && thisMember(node.left) === field && node.right.type === 'Identifier') aliases.add(node.right.name);
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init !== null && names(node.init)) aliases.add(node.id.name);
  }
  const kept = nodes.findIndex((node) => node.type === 'AssignmentExpression' && thisMember(node.left) === field && node.right.type !== 'AwaitExpression');
  return kept !== -1 && nodes.slice(kept).some((node) => waitsFor(node, names));
}

function waitsFor(node: TSESTree.Node, names: (node: TSESTree.Node) => boolean): boolean {
  if (node.type === 'AwaitExpression') return names(node.argument);
  return node.type === 'ReturnStatement' && node.argument?.type === 'CallExpression' && names(node.argument);
}
