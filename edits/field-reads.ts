import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../model/ast/children.ts';
import { isLoop } from '../model/ast/is-loop.ts';
import { memberName } from '../model/ast/member-name.ts';
import { thisMember } from '../model/ast/this-member.ts';

interface Read {
  readonly node: TSESTree.MemberExpression;
  readonly field: string;
  /** Whether a loop reads it again and again, to see that it has changed. */
  readonly isRepeated: boolean;
}

/** The reads of the object's own fields in the node, apart from those that call a method. */
export function fieldReads(root: TSESTree.Node): readonly Read[] {
  const found: Read[] = [];
  const collect = (node: TSESTree.Node, isRepeated: boolean): void => {
    const field = node.type === 'MemberExpression' && node.object.type === 'ThisExpression' ? memberName(node) : undefined;
    if (node.type === 'MemberExpression' && field !== undefined) found.push({ node, field, isRepeated });
    const isCall = node.type === 'CallExpression' && thisMember(node.callee) !== undefined;
    for (const child of childNodes(node)) if (!isCall || child !== node.callee) collect(child, isRepeated || isLoop(node));
  };
  collect(root, false);
  return found;
}
