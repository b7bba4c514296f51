import type { TSESTree } from '@typescript-eslint/utils';
import { thisMember } from '../model/ast/this-member.ts';
import { visit } from '../model/ast/visit.ts';
import type { Hold, Service } from '../model/service.ts';
import { heldNodes } from './held-nodes.ts';
import { heldStatement } from './held-statement.ts';

/**
 * A stop that tests before its lock what start sets only after an await: it returns at once while a start is under way, and is lost. That it
 * tests again under the lock does not help.
 */
export function passesByLock({ facts, start, stop, lock }: Service): Hold | undefined {
  const late = new Set(start.methods.flatMap((method) => lateWrites(heldNodes(facts, method))));
  return lock.holds.find((hold) => {
    if (hold.covers !== 'yes' || !stop.methods.includes(hold.method)) return false;
    const before = heldStatement(hold)?.before ?? [];
    return before.some((statement) => statement.type === 'IfStatement' && fieldsIn(statement.test).some((field) => late.has(field)));
  });
}

/** The fields that are set after an await. */
function lateWrites(nodes: readonly TSESTree.Node[]): readonly string[] {
  const first = nodes.findIndex(({ type }) => type === 'AwaitExpression');
  return first === -1 ? [] : nodes.slice(first).flatMap((node) => (node.type === 'AssignmentExpression' ? (thisMember(node.left) ?? []) : []));
}

function fieldsIn(test: TSESTree.Node): readonly string[] {
  const fields: string[] = [];
  visit(test, (node) => {
    const field = thisMember(node);
    if (field !== undefined) fields.push(field);
    return undefined;
  });
  return fields;
}
