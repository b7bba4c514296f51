import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../ast/unwrap.ts';
import type { Code } from './code.ts';

/** An expression with the parentheses, assertions and optional chains around it: the other way round than `unwrap`. */
export function outermost(node: TSESTree.Node, { parents }: Pick<Code, 'parents'>): TSESTree.Node {
  let at = node;
  for (;;) {
    const parent = parents.get(at);
    if (parent === undefined || unwrap(parent) === parent || unwrap(parent) !== unwrap(at)) return at;
    at = parent;
  }
}
