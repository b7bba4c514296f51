import type { TSESTree } from '@typescript-eslint/utils';
import { thisRoot } from '../ast/this-root.ts';
import { visit } from '../ast/visit.ts';
import type { Code } from '../ledger/code.ts';
import type { Reach } from '../ledger/reach.ts';
import { pathOf } from './path-of.ts';

/** What start, and what it calls, look at and write, as paths: `this.state.code`. */
export interface StartTests {
  /** What conditions look at; undefined where one looks at the object as a whole. */
  readonly tested: readonly string[] | undefined;
  /** Writes into a part of what a field holds. */
  readonly deepWrites: readonly { readonly node: TSESTree.Node; readonly path: string }[];
}

export function readStartTests(code: Code, reach: Reach): StartTests {
  const paths: string[] = [];
  const unseen: TSESTree.Node[] = [];
  const look = (test: TSESTree.Node): void => {
    visit(test, (node) => {
      if (node.type === 'MemberExpression' || node.type === 'Identifier') {
        const path = pathOf(node, code);
        if (path?.startsWith('this.') !== true) return undefined;
        paths.push(path);
        return 'skip';
      }
      if (node.type === 'ThisExpression' && code.parents.get(node)?.type !== 'MemberExpression') unseen.push(node);
      return undefined;
    });
  };
  const inStart = [...code.parents.keys()].filter((node) => (testOf(node) !== undefined || node.type === 'AssignmentExpression') && reach.originsOf(node).has('start'));
  for (const node of inStart) {
    const test = testOf(node);
    if (test !== undefined) look(test);
  }
  for (const member of code.members.values()) if (member.fn !== undefined && paths.includes(`this.${member.name}`)) look(member.root);
  return { tested: unseen.length === 0 ? paths : undefined, deepWrites: inStart.flatMap((node) => deepWrite(node, code)) };
}

function testOf(node: TSESTree.Node): TSESTree.Node | undefined {
  switch (node.type) {
    case 'AssignmentExpression':
      return ['&&=', '??=', '||='].includes(node.operator) ? node.left : undefined;
    case 'LogicalExpression':
      return node.left;
    case 'SwitchStatement':
      return node.discriminant;
    default:
      return 'test' in node ? (node.test ?? undefined) : undefined;
  }
}

/** `this.state.unsubscribe = …` */
function deepWrite(node: TSESTree.Node, code: Code): StartTests['deepWrites'] {
  if (node.type !== 'AssignmentExpression' || thisRoot(node.left) === undefined) return [];
  const path = pathOf(node.left, code);
  return path !== undefined && path.split('.').length > 2 ? [{ node, path }] : [];
}
