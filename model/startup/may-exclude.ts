import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../ast/contains.ts';
import { around } from '../ast/parents.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import type { Code } from '../ledger/code.ts';
import { pathOf } from './path-of.ts';

/** A condition that has to be met, and what it looks at. */
interface Met {
  readonly paths: readonly string[];
  /** The kinds of its parts, and whether it has to hold. */
  readonly shape: string;
}

/**
 * Whether perhaps never both of two nodes run: they stand in different branches whose conditions have something in common, or are calls of two
 * parts that may each be missing, of which a service may be made to have one: `this.server?.listen()` and `this.socket?.connect()`.
 */
export function mayExclude(first: TSESTree.Node, second: TSESTree.Node, code: Code): boolean {
  const [one, other] = [optionalIn(first, code), optionalIn(second, code)];
  if (one !== undefined && other !== undefined && one !== other) return true;
  const others = metBy(second, first, code);
  return metBy(first, second, code).some(({ paths, shape }) =>
    others.some((met) => met.paths.some((path) => paths.includes(path)) && (met.shape !== shape || met.paths.join() !== paths.join())),
  );
}

/** The conditions of the branches that one node stands in, and the other does not. */
function metBy(node: TSESTree.Node, other: TSESTree.Node, code: Code): readonly Met[] {
  return [...around(node, code)].flatMap((at): Met[] => {
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

/** `this.socket` in `this.socket?.connect()`. */
function optionalIn(node: TSESTree.Node, code: Code): string | undefined {
  let at = node.type === 'CallExpression' ? unwrap(node.callee) : undefined;
  while (at?.type === 'MemberExpression' && !at.optional) at = unwrap(at.object);
  return at?.type === 'MemberExpression' ? pathOf(at.object, code) : undefined;
}
