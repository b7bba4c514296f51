import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../ast/children.ts';
import { constantKey, isTruthyKey } from '../ast/constant-key.ts';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { makeStep } from './make-step.ts';
import { isNeverRejected, neverFails } from './never-fails.ts';
import { NOTHING, type Piece, sequence, stepsOf } from './piece.ts';
import { readCall } from './read-call.ts';
import type { Reading } from './reading.ts';
import { stepName } from './step-name.ts';

/** Reads an expression in the order of evaluation. `awaited` says that somebody waits for the promise it gives. */
export function readExpression(node: TSESTree.Node, awaited: boolean, reading: Reading): Piece[] {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'AwaitExpression':
      return readExpression(inner.argument, true, reading);
    case 'CallExpression':
      return readCall(inner, awaited, reading);
    case 'NewExpression':
      return readNew(inner, awaited, reading);
    case 'AssignmentExpression':
      return readAssignment(inner, reading);
    case 'ConditionalExpression':
      return [...readExpression(inner.test, false, reading), { kind: 'branch', parts: [inner.consequent, inner.alternate].map((arm) => sequence(readExpression(arm, awaited, reading))) }];
    case 'LogicalExpression':
      return [...readExpression(inner.left, false, reading), { kind: 'branch', parts: [NOTHING, sequence(readExpression(inner.right, awaited, reading))] }];
    case 'ArrayExpression':
      return inner.elements.flatMap((element) => (element === null ? [] : readExpression(element, false, reading)));
    case 'Identifier':
      return awaited ? readAwaitedLocal(inner, reading) : [];
    case 'MemberExpression':
      return awaited ? [wait(inner, reading)] : childNodes(inner).flatMap((child) => readExpression(child, false, reading));
    default:
      return isFunction(inner) || isClass(inner) ? [] : childNodes(inner).flatMap((child) => readExpression(child, false, reading));
  }
}

/** A promise that was made earlier: what it releases has begun, and is only waited for. */
function readAwaitedLocal(node: TSESTree.Identifier, reading: Reading): Piece[] {
  const value = reading.locals.get(node.name);
  if (value === undefined || isFunction(value)) return [wait(node, reading)];
  const inner = unwrap(value);
  if (inner.type === 'AwaitExpression') return [];
  const isNamed = inner.type === 'CallExpression' || thisMember(inner) !== undefined;
  return [wait(node, reading, { by: value, name: stepName(isNamed ? value : node, reading.locals) })];
}

/** Awaiting what start has under way: its failure is start's own. */
const STARTS = /^[#_]*(?:(?:is|being)?(?:start|connect|init|open|ready|boot|setup|setting|listen|launch))/i;

/** A wait for a promise; `by` is what it was made by, where that is known. */
function wait(node: TSESTree.Node, reading: Reading, { by = node, name }: { by?: TSESTree.Node; name?: string } = {}): Piece {
  const made = unwrap(by);
  const isCalm = neverFails(by, reading.facts) || (made.type === 'NewExpression' && isNeverRejected(made)) || STARTS.test(thisMember(by) ?? '');
  return makeStep(node, reading, { ...(name === undefined ? {} : { name }), isAwaited: true, kind: 'wait', failure: isCalm ? 'none' : 'rejects' });
}

/** `new Promise((resolve) => this.server.close(resolve))`: one step, named after what is called in it. */
function readNew(node: TSESTree.NewExpression, awaited: boolean, reading: Reading): Piece[] {
  const [executor] = node.arguments;
  if (!awaited || executor === undefined || !isFunction(executor)) return node.arguments.flatMap((argument) => readExpression(argument, false, reading));
  const { body } = executor;
  const statements = body.type === 'BlockStatement' ? body.body : [];
  const inside = body.type === 'BlockStatement' ? statements.flatMap((statement) => childNodes(statement)) : [body];
  const parts = inside.flatMap((part) => readExpression(part, false, reading)).flatMap(stepsOf);
  const released = parts.find(({ kind }) => kind === 'release') ?? parts[0];
  const failure = neverFails(node, reading.facts) ? 'none' : isNeverRejected(node) ? 'seldom' : 'rejects';
  return [makeStep(node, reading, { name: released?.name ?? 'promise', isAwaited: true, kind: released?.kind ?? 'wait', failure })];
}

function readAssignment(node: TSESTree.AssignmentExpression, reading: Reading): Piece[] {
  const parts = readExpression(node.right, false, reading);
  const field = thisMember(node.left);
  const key = constantKey(node.right);
  if (field === undefined || key === undefined || node.operator !== '=') return parts;
  const writes = { field, value: { kind: 'constant', key, truthy: isTruthyKey(key) } } as const;
  return [...parts, makeStep(node, reading, { name: `${field.replace(/^#/, '')} = ${key}`, isAwaited: false, kind: 'state', failure: 'none', writes })];
}
