import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../ast/children.ts';
import { constantKey } from '../ast/constant-key.ts';
import { isFunction } from '../ast/is-function.ts';
import { soleReturn } from '../ast/sole-return.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { methodOf } from '../flow/walk.ts';
import type { FunctionNode } from '../service.ts';
import { assign } from './assign.ts';
import { evaluateCall, evaluateNew } from './call.ts';
import { compare } from './compare.ts';
import { become, fieldOf, type Machine, meet, throwFrom } from './machine.ts';
import { raiseAt } from './raise-at.ts';
import { constant, copyOf, eitherOf, FREE, isFree, isPresent, OBJECT, type State, truthOf, UNDEFINED, UNKNOWN, type Vals } from './state.ts';
import { tellsTimeout } from './tells-timeout.ts';

const CONFIG = /^[#_]*(?:config|configuration|opts|options|params|props|settings)$/i;

/**
 * What an expression gives, and does to `state`. `waited` says that its promise is awaited at once. Undefined where control does not
 * come out of it.
 */
export function evaluate(machine: Machine, node: TSESTree.Node, state: State, waited = false): Vals | undefined {
  const inner = unwrap(node);
  if (inner === machine.raise?.node) return raiseAt(machine, inner, state);
  const told = tellsTimeout(machine, inner, state);
  if (told !== undefined) return constant(String(told));
  const key = inner.type === 'UnaryExpression' || (inner.type === 'Identifier' && state.locals.has(inner.name)) ? undefined : constantKey(inner);
  if (key !== undefined) return constant(key);
  if (isFunction(inner)) return noted(machine, inner, [{ kind: 'function', node: inner }], state);
  switch (inner.type) {
    case 'Identifier':
      return state.locals.get(inner.name) ?? FREE;
    case 'MemberExpression':
      return readMember(machine, inner, state);
    case 'CallExpression':
      return noted(machine, inner, evaluateCall(machine, inner, state, waited), state);
    case 'NewExpression':
      return noted(machine, inner, evaluateNew(machine, inner, state), state);
    case 'AwaitExpression':
      return wait(machine, inner, state);
    case 'AssignmentExpression':
      return assign(machine, inner, state, waited);
    case 'LogicalExpression':
      return evaluateLogical(machine, inner, state, waited);
    case 'ConditionalExpression':
      return evaluateChoice(machine, inner, state, waited);
    case 'UnaryExpression':
      return evaluateUnary(machine, inner, state);
    case 'BinaryExpression':
      return evaluateBinary(machine, inner, state);
    default:
      return evaluateParts(machine, inner, state);
  }
}

/** A call that came back, or a function that was made; `this.server?.close()` is no call while `this.server` surely holds nothing. */
function noted(machine: Machine, node: FunctionNode | TSESTree.CallExpression | TSESTree.NewExpression, vals: Vals | undefined, state: State): Vals | undefined {
  const calls = state.raised ? state.trace?.since : state.trace?.before;
  if (vals === undefined || calls === undefined || ('callee' in node && skipsCall(machine, unwrap(node.callee), state))) return vals;
  calls.note(node);
  return vals;
}

function skipsCall(machine: Machine, node: TSESTree.Node, state: State): boolean {
  if (node.type === 'CallExpression') return skipsCall(machine, unwrap(node.callee), state);
  if (node.type !== 'MemberExpression') return false;
  const field = node.optional ? thisMember(node.object) : undefined;
  return (field !== undefined && isPresent(fieldOf(machine, state, field)) === false) || skipsCall(machine, unwrap(node.object), state);
}

function readMember(machine: Machine, node: TSESTree.MemberExpression, state: State): Vals | undefined {
  const name = thisMember(node);
  if (name === undefined) {
    const object = evaluate(machine, node.object, state);
    if (object === undefined) return undefined;
    if (node.optional && object.every((val) => val.kind === 'constant' && (val.key === 'undefined' || val.key === 'null'))) return UNDEFINED;
    const field = thisMember(node.object);
    const isGiven = field === undefined ? object.every(({ kind }) => kind === 'other') && isFree(object) : CONFIG.test(field);
    return isGiven ? FREE : UNKNOWN;
  }
  const getter = machine.facts.getters.get(name);
  if (getter !== undefined) {
    const result = soleReturn(getter);
    return result === undefined ? UNKNOWN : evaluate(machine, result, state);
  }
  return methodOf(machine.facts, name) === undefined ? fieldOf(machine, state, name) : OBJECT;
}

/** A wait for a call is what makes a test after it a late one; a promise kept in a field is one that somebody else made. */
function wait(machine: Machine, node: TSESTree.AwaitExpression, state: State): Vals | undefined {
  const promise = evaluate(machine, node.argument, state, true);
  if (promise === undefined) return undefined;
  const inner = unwrap(node.argument);
  const isOutside = inner.type === 'CallExpression' && !machine.holds.has(inner) && thisMember(inner.callee) === undefined;
  if (isOutside && promise !== UNDEFINED) state.late = true;
  if (promise.some((val) => val.kind === 'promise' && val.rejects)) {
    throwFrom(machine, state);
    return undefined;
  }
  return promise.some(({ kind }) => kind === 'outcome' || kind === 'constant') ? promise : UNKNOWN;
}

function evaluateLogical(machine: Machine, node: TSESTree.LogicalExpression, state: State, waited: boolean): Vals | undefined {
  const left = evaluate(machine, node.left, state);
  if (left === undefined) return undefined;
  const truth = node.operator === '??' ? isPresent(left) : truthOf(left);
  const stops = node.operator !== '&&';
  if (truth === stops) return left;
  if (truth !== undefined) return evaluate(machine, node.right, state, waited);
  const other = copyOf(state);
  const right = evaluate(machine, node.right, other, waited);
  if (right === undefined) return left;
  const met = meet(machine, state, other);
  if (met !== undefined) become(state, met);
  if (node.operator !== '??' && truthOf(right) === stops) return constant(String(stops));
  return isFree(left) && isFree(right) ? FREE : UNKNOWN;
}

function evaluateChoice(machine: Machine, node: TSESTree.ConditionalExpression, state: State, waited: boolean): Vals | undefined {
  const test = evaluate(machine, node.test, state);
  if (test === undefined) return undefined;
  const truth = truthOf(test);
  if (truth !== undefined) return evaluate(machine, truth ? node.consequent : node.alternate, state, waited);
  const other = copyOf(state);
  const first = evaluate(machine, node.consequent, state, waited);
  const second = evaluate(machine, node.alternate, other, waited);
  const met = meet(machine, first && state, second && other);
  if (met === undefined) return undefined;
  become(state, met);
  if (first === undefined || second === undefined) return first ?? second;
  return isFree(test) ? eitherOf(first, second) : eitherOf(eitherOf(first, second), UNKNOWN);
}

function evaluateUnary(machine: Machine, node: TSESTree.UnaryExpression, state: State): Vals | undefined {
  const vals = evaluate(machine, node.argument, state);
  if (vals === undefined) return undefined;
  if (node.operator === 'void') return UNDEFINED;
  const truth = node.operator === '!' ? truthOf(vals) : undefined;
  if (truth !== undefined) return constant(String(!truth));
  return isFree(vals) ? FREE : UNKNOWN;
}

function evaluateBinary(machine: Machine, node: TSESTree.BinaryExpression, state: State): Vals | undefined {
  const left = evaluate(machine, node.left, state);
  const right = left && evaluate(machine, node.right, state);
  if (left === undefined || right === undefined) return undefined;
  const isEqual = /^[!=]==?$/.test(node.operator) ? compare(left, right, node.operator.length === 2) : undefined;
  if (isEqual !== undefined) return constant(String(isEqual === !node.operator.startsWith('!')));
  return isFree(left) && isFree(right) ? FREE : UNKNOWN;
}

const PLAIN = new Set(['ArrayExpression', 'ClassExpression', 'ObjectExpression', 'TemplateLiteral']);

function evaluateParts(machine: Machine, node: TSESTree.Node, state: State): Vals | undefined {
  let free = true;
  let last: Vals = UNDEFINED;
  for (const child of childNodes(node)) {
    if (isFunction(child)) {
      noted(machine, child, UNDEFINED, state);
      continue;
    }
    const vals = evaluate(machine, child, state);
    if (vals === undefined) return undefined;
    free &&= isFree(vals);
    last = vals;
  }
  if (node.type === 'SequenceExpression') return last;
  if (PLAIN.has(node.type)) return OBJECT;
  return free && node.type !== 'ThisExpression' ? FREE : UNKNOWN;
}
