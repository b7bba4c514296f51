import type { TSESTree } from '@typescript-eslint/utils';
import { rebindsThis } from '../ast/rebinds-this.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { fieldsBehind, fieldsIn } from './fields-in.ts';
import { findMethod, type LockScope, scopeIn } from './lock-scope.ts';

/** The fields that some condition under a hold reads, in helpers of the class too. What is only begun there, and start or stop, test for themselves. */
export function testedUnder(held: readonly TSESTree.Node[], scope: LockScope): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<TSESTree.Node>();
  for (const node of held) readTests(node, scope, names, seen);
  return names;
}

function readTests(node: TSESTree.Node, scope: LockScope, names: Set<string>, seen: Set<TSESTree.Node>): void {
  if (seen.has(node)) return;
  seen.add(node);
  const waited = new Set<TSESTree.Node>([unwrap(node)]);
  visit(node, (inner) => {
    if (rebindsThis(inner)) return 'skip';
    if ((inner.type === 'AwaitExpression' || inner.type === 'ReturnStatement') && inner.argument !== null) waited.add(unwrap(inner.argument));
    const test = testIn(inner);
    if (test !== undefined) {
      for (const name of fieldsIn(test, scope)) for (const field of fieldsBehind(name, scope)) names.add(field);
    }
    const called = inner.type === 'CallExpression' ? thisMember(inner.callee) : undefined;
    const found = called === undefined || scope.lifecycle.has(called) ? undefined : findMethod(scope, called);
    if (found !== undefined && (!found.method.isAsync || waited.has(inner))) readTests(found.method.value.body, scopeIn(scope, found.owner, found.method.value), names, seen);
    return undefined;
  });
}

function testIn(node: TSESTree.Node): TSESTree.Node | undefined {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return node.test;
    case 'SwitchStatement':
      return node.discriminant;
    case 'LogicalExpression':
      return node.left;
    case 'MemberExpression':
      return node.optional ? node.object : undefined;
    case 'CallExpression':
      return node.optional ? node.callee : undefined;
    case 'AssignmentExpression':
      return node.operator === '??=' || node.operator === '||=' || node.operator === '&&=' ? node.left : undefined;
    default:
      return undefined;
  }
}
