import type { TSESTree } from '@typescript-eslint/utils';

const NOT_CHILDREN = new Set(['parent', 'range', 'loc', 'tokens', 'comments', 'type', 'start', 'end']);

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** The nodes directly below one, in the order in which the parser lists its fields. */
export function childNodes(node: TSESTree.Node): readonly TSESTree.Node[] {
  const children: TSESTree.Node[] = [];
  const fields = node as unknown as Readonly<Record<string, unknown>>;
  // A plain loop over the keys: this runs for every node of every class that is read.
  for (const key in fields) if (!NOT_CHILDREN.has(key)) collect(fields[key], children);
  return children;
}

function collect(value: unknown, into: TSESTree.Node[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) into.push(value);
  else if (Array.isArray(value)) for (const item of value as unknown[]) if (isNode(item)) into.push(item);
}
