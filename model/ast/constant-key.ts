import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from './member-name.ts';
import { unwrap } from './unwrap.ts';

/** What a constant expression compares as: `"started"`, `true`, `undefined`, `Status.Started`; undefined where it is no constant. */
export function constantKey(node: TSESTree.Node): string | undefined {
  const inner = unwrap(node);
  if (inner.type === 'Literal') return 'regex' in inner || 'bigint' in inner ? inner.raw : JSON.stringify(inner.value);
  if (inner.type === 'Identifier') return inner.name === 'undefined' || /^[A-Z][A-Z\d_]*$/.test(inner.name) ? inner.name : undefined;
  if (inner.type === 'TemplateLiteral' && inner.expressions.length === 0) return JSON.stringify(inner.quasis[0]?.value.cooked);
  if (inner.type === 'UnaryExpression' && inner.operator === 'void') return 'undefined';
  if (inner.type !== 'MemberExpression') return undefined;
  const root = unwrap(inner.object);
  const name = memberName(inner);
  return root.type === 'Identifier' && /^[A-Z]/.test(root.name) && name !== undefined ? `${root.name}.${name}` : undefined;
}

const FALSY = new Set(['""', '0', '-0', 'false', 'null', 'undefined', 'NaN']);

/** Whether a constant with this key passes a test. */
export function isTruthyKey(key: string): boolean {
  return !FALSY.has(key);
}
