import type { TSESTree } from '@typescript-eslint/utils';
import { keyName } from './key-name.ts';

/** The property that a member expression names: `close` for `a.close`, `a['close']` and `a?.close`. */
export function memberName(node: TSESTree.MemberExpression): string | undefined {
  return keyName({ key: node.property, computed: node.computed });
}
