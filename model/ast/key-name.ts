import type { TSESTree } from '@typescript-eslint/utils';

interface Keyed {
  readonly key: TSESTree.Node;
  readonly computed: boolean;
}

/** The name a member has after `this`: `start`, `#start`, `[Symbol.asyncDispose]`; undefined where only run time can tell. */
export function keyName({ key, computed }: Keyed): string | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (key.type === 'Identifier' && !computed) return key.name;
  if (key.type === 'Literal') return typeof key.value === 'bigint' ? undefined : String(key.value);
  if (key.type === 'TemplateLiteral' && key.expressions.length === 0) return key.quasis[0]?.value.cooked ?? undefined;
  if (key.type !== 'MemberExpression' || key.computed || key.object.type !== 'Identifier' || key.object.name !== 'Symbol') return undefined;
  return key.property.type === 'Identifier' ? `[Symbol.${key.property.name}]` : undefined;
}
