import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../ast/contains.ts';
import { visit } from '../ast/visit.ts';
import { aroundOf, type Code } from '../ledger/code.ts';
import { pathOf } from './path-of.ts';

/** A condition that has to be met, and what it looks at. */
interface Met {
  readonly paths: readonly string[];
  /** The kinds of its parts, and whether it has to hold. */
  readonly shape: string;
}

/** Whether two nodes stand in different branches whose conditions have something in common, so that perhaps never both run. */
export function mayExclude(first: TSESTree.Node, second: TSESTree.Node, code: Code): boolean {
  const others = metBy(second, first, code);
  return metBy(first, second, code).some(({ paths, shape }) =>
    others.some((other) => other.paths.some((path) => paths.includes(path)) && (other.shape !== shape || other.paths.join() !== paths.join())),
  );
}

/** The conditions of the branches that one node stands in, and the other does not. */
function metBy(node: TSESTree.Node, other: TSESTree.Node, code: Code): readonly Met[] {
  return [...aroundOf(node, code)].flatMap((at): Met[] => {
    if ((at.type !== 'IfStatement' && at.type !== 'ConditionalExpression') || contains(at, other) || contains(at.test, node)) return [];
    const paths: string[] = [];
    const shape: string[] = [String(contains(at.consequent, node))];
    visit(at.test, (below) => {
      shape.push('operator' in below ? below.operator : below.type);
      const path = below.type === 'MemberExpression' || below.type === 'Identifier' ? pathOf(below, code) : undefined;
      if (path !== undefined && path !== 'this') paths.push(path);
      return undefined;
    });
    return [{ paths, shape: shape.join() }];
  });
}
