import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';

/** A path of names as it is written, without `?.` and `!`: `this.#child`, `this.children[name]`; undefined for anything that is worked out. */
export function pathText(node: TSESTree.Node): string | undefined {
  const inner = unwrap(node);
  if (inner.type === 'ThisExpression') return 'this';
  if (inner.type === 'Identifier') return inner.name;
  if (inner.type !== 'MemberExpression') return undefined;
  const object = pathText(inner.object);
  const index = inner.computed ? indexText(inner.property) : undefined;
  const property = index === undefined ? memberName(inner) : undefined;
  if (object === undefined || (index === undefined && property === undefined)) return undefined;
  return index === undefined ? `${object}.${property ?? ''}` : `${object}[${index}]`;
}

function indexText(property: TSESTree.Node): string | undefined {
  if (property.type === 'Literal') return typeof property.value === 'number' ? property.raw : undefined;
  return property.type === 'TemplateLiteral' ? undefined : pathText(property);
}
