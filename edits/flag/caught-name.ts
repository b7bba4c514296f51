import type { TSESTree } from '@typescript-eslint/utils';
import { visit } from '../../model/ast/visit.ts';

const cache = new WeakMap<TSESTree.Program, string>();

/** What a file calls the errors that it catches, `error` if it catches none. */
export function caughtNameOf(program: TSESTree.Program): string {
  const known = cache.get(program);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  visit(program, (node) => {
    if (node.type === 'CatchClause' && node.param?.type === 'Identifier') counts.set(node.param.name, (counts.get(node.param.name) ?? 0) + 1);
    return undefined;
  });
  const [[most] = ['error']] = [...counts].sort((one, other) => other[1] - one[1]);
  const name = /^(?:e|err|error|ex|exception)$/.test(most) ? most : 'error';
  cache.set(program, name);
  return name;
}
