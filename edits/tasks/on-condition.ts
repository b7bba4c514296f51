import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { visit } from '../../model/ast/visit.ts';
import type { Room } from '../stop-rooms.ts';
import { pathTo } from '../teardown/path-to.ts';

/**
 * The condition on which alone stop tells a task to end, where that asks for something else: `if (this.soft) this.running = false;`. Not
 * `if (this.timer) clearTimeout(this.timer);`.
 */
export function onCondition({ block, statements }: Room, signs: ReadonlySet<TSESTree.Node>): TSESTree.Node | undefined {
  const own = [...signs].filter((sign) => statements.some((statement) => contains(statement, sign)));
  const conditions = own.map((sign) => pathTo(block, sign).flatMap((node) => testOf(node, sign)).find((test) => !asksFor(test, sign)));
  return conditions.every((test) => test !== undefined) ? conditions[0] : undefined;
}

function testOf(node: TSESTree.Node, sign: TSESTree.Node): readonly TSESTree.Node[] {
  const test = node.type === 'IfStatement' || node.type === 'ConditionalExpression' ? node.test : node.type === 'LogicalExpression' ? node.left : node.type === 'SwitchStatement' ? node.discriminant : undefined;
  return test === undefined || contains(test, sign) ? [] : [test];
}

function asksFor(test: TSESTree.Node, sign: TSESTree.Node): boolean {
  const names = new Set<string>();
  visit(sign, (node) => {
    const name = nameOf(node);
    if (name !== undefined) names.add(name);
    return undefined;
  });
  return someBelow(test, (node) => names.has(nameOf(node) ?? ''));
}

function nameOf(node: TSESTree.Node): string | undefined {
  return node.type === 'Identifier' ? node.name : thisMember(node);
}
