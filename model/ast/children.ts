import type { TSESTree } from '@typescript-eslint/utils';

const NOT_CHILDREN = new Set(['parent', 'range', 'loc', 'tokens', 'comments', 'type', 'start', 'end']);

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** The nodes directly below one, in the order in which the parser lists its fields. */
export function childNodes(node: TSESTree.Node): readonly TSESTree.Node[] {
  const children: TSESTree.Node[] = [];
  const fields = node as unknown as Readonly<Record<string, unknown>>;
  // A plain loop over the keys: this runs for every node of every file that may hold a service.
  for (const key in fields) {
    if (NOT_CHILDREN.has(key)) continue;
    const value = fields[key];
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) children.push(item);
    } else if (isNode(value)) children.push(value);
  }
  return children;
}
