import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../service.ts';

/** What a function returns that does nothing else: `this.mutex` for `{ return this.mutex; }`. */
export function soleReturn({ body }: FunctionNode): TSESTree.Expression | undefined {
  if (body.type !== 'BlockStatement') return body;
  const [only, ...rest] = body.body;
  return only?.type === 'ReturnStatement' && rest.length === 0 ? (only.argument ?? undefined) : undefined;
}
