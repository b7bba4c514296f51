import type { TSESTree } from '@typescript-eslint/utils';
import { constantKey, isTruthyKey } from '../ast/constant-key.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Value } from './step.ts';
import { localOf, type Walk } from './walk.ts';

const PLAIN = new Set(['Array', 'BigInt', 'Boolean', 'Buffer', 'Date', 'JSON', 'Math', 'Number', 'Object', 'String', 'Symbol', 'crypto', 'performance']);
const OTHER: Value = Object.freeze({ kind: 'other' });
const FRESH: Value = Object.freeze({ kind: 'fresh' });

/** Whether an expression makes or acquires something, is a constant, or is what the caller gave. */
export function readValue(walk: Walk, node: TSESTree.Node): Value {
  const inner = unwrap(node);
  const key = constantKey(inner);
  if (key !== undefined) return { kind: 'constant', key, truthy: isTruthyKey(key) };
  switch (inner.type) {
    case 'AwaitExpression':
      return readValue(walk, inner.argument);
    case 'CallExpression':
    case 'NewExpression':
      return isPlain(inner.callee) ? OTHER : FRESH;
    case 'ImportExpression':
      return FRESH;
    case 'Identifier':
      return localOf(walk, inner.name)?.value ?? OTHER;
    case 'AssignmentExpression':
      return readValue(walk, inner.right);
    case 'ObjectExpression':
    case 'ArrayExpression':
      return readParts(walk, inner);
    case 'LogicalExpression':
    case 'ConditionalExpression': {
      const options = inner.type === 'LogicalExpression' ? [inner.left, inner.right] : [inner.consequent, inner.alternate];
      return options.map((option) => readValue(walk, option)).find(({ kind }) => kind === 'fresh') ?? OTHER;
    }
    default:
      return OTHER;
  }
}

/** `Date.now()`, `crypto.randomUUID()`, `String(port)`: data, with nothing to release. */
function isPlain(callee: TSESTree.Node): boolean {
  const inner = unwrap(callee);
  const root = inner.type === 'MemberExpression' ? unwrap(inner.object) : inner;
  return root.type === 'Identifier' && PLAIN.has(root.name);
}

/** An object or array is as fresh as what is put into it; by itself it is plain data, and truthy. */
function readParts(walk: Walk, node: TSESTree.ArrayExpression | TSESTree.ObjectExpression): Value {
  const parts = node.type === 'ArrayExpression' ? node.elements : node.properties.map((part) => (part.type === 'Property' ? part.value : part));
  const fresh = parts.some((part) => part !== null && part.type !== 'SpreadElement' && readValue(walk, part).kind === 'fresh');
  return fresh ? FRESH : { kind: 'constant', key: '{}', truthy: true };
}
