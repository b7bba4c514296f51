import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { isNothing } from '../ast/is-nothing.ts';
import { rebindsThis } from '../ast/rebinds-this.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { CHAINS } from '../flow/callee-names.ts';
import { calleeName } from '../ast/callee-name.ts';
import type { Method } from '../service.ts';

/** What the promises in fields stand for. */
export interface KeptPromises {
  /** Promises of start itself, which it awaits or returns: who awaits one joins a start that is under way. */
  readonly ofStart: ReadonlySet<string>;
  /** What stop puts into a field. Who awaits the field waits for that. */
  readonly byStop: ReadonlyMap<string, readonly TSESTree.Expression[]>;
}

export function readKeptPromises(starts: readonly Method[], stops: readonly Method[]): KeptPromises {
  const ofStart = new Set<string>();
  for (const { value } of starts) {
    const { assigned, awaited } = fieldsIn(value.body);
    for (const field of assigned.keys()) if (awaited.has(field)) ofStart.add(field);
  }
  const byStop = new Map<string, TSESTree.Expression[]>();
  for (const { value } of stops) {
    for (const [field, values] of fieldsIn(value.body).assigned) byStop.set(field, [...(byStop.get(field) ?? []), ...values]);
  }
  return { ofStart, byStop };
}

interface Fields {
  readonly assigned: Map<string, TSESTree.Expression[]>;
  readonly awaited: Set<string>;
}

function fieldsIn(body: TSESTree.Node): Fields {
  const fields: Fields = { assigned: new Map(), awaited: new Set() };
  const named = new Map<string, string>();
  if (!isStatement(body)) addAwaited(body, fields.awaited, named);
  visit(body, (node) => {
    if (rebindsThis(node)) return 'skip';
    if (node.type === 'AssignmentExpression') addAssigned(node, fields.assigned, named);
    if (node.type === 'AwaitExpression' || node.type === 'ReturnStatement') addAwaited(node.argument, fields.awaited, named);
    return undefined;
  });
  return fields;
}

function isStatement({ type }: TSESTree.Node): boolean {
  return type === 'BlockStatement';
}

function addAssigned(node: TSESTree.AssignmentExpression, assigned: Fields['assigned'], named: Map<string, string>): void {
  const field = thisMember(node.left);
  const right = unwrap(node.right);
  if (field === undefined || !mayBePromise(right)) return;
  assigned.set(field, [...(assigned.get(field) ?? []), node.right]);
  if (right.type === 'Identifier') named.set(right.name, field);
}

function mayBePromise(node: TSESTree.Node): boolean {
  return ['AssignmentExpression', 'CallExpression', 'Identifier', 'NewExpression'].includes(node.type) && !isFunction(node) && !isNothing(node);
}

function addAwaited(argument: TSESTree.Node | null, awaited: Set<string>, named: ReadonlyMap<string, string>): void {
  if (argument === null) return;
  const inner = unwrap(argument);
  if (inner.type === 'AssignmentExpression') {
    addAwaited(inner.left, awaited, named);
    addAwaited(inner.right, awaited, named);
    return;
  }
  if (inner.type === 'CallExpression' && CHAINS.has(calleeName(inner) ?? '')) {
    const callee = unwrap(inner.callee);
    if (callee.type === 'MemberExpression') addAwaited(callee.object, awaited, named);
    return;
  }
  const field = inner.type === 'Identifier' ? named.get(inner.name) : thisMember(inner);
  if (field !== undefined) awaited.add(field);
}
