import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { keyName } from '../ast/key-name.ts';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { ClassNode, FunctionNode } from '../service.ts';
import { classOfThis, type FileCode } from './file-code.ts';
import type { Binding } from '../names/binding.ts';

/** The function of the file that a call runs: one in a name, or a method of the same class. */
export function calledFunction({ callee }: TSESTree.CallExpression, code: FileCode): FunctionNode | undefined {
  return functionFor(callee, code);
}

/** The function that an expression stands for: written there, in a name, a method of the same class, `.bind(…)` of one. */
export function functionFor(node: TSESTree.Node, code: FileCode): FunctionNode | undefined {
  const inner = unwrap(node);
  if (isFunction(inner)) return inner;
  if (inner.type === 'Identifier') return functionOfBinding(code.names.get(inner));
  if (inner.type === 'CallExpression') {
    const callee = unwrap(inner.callee);
    return callee.type === 'MemberExpression' && memberName(callee) === 'bind' ? functionFor(callee.object, code) : undefined;
  }
  const own = thisMember(inner);
  const owner = own === undefined ? undefined : classOfThis(inner, code);
  return own === undefined || owner === undefined ? undefined : methodOf(owner, own);
}

function functionOfBinding(binding: Binding | undefined): FunctionNode | undefined {
  const init = binding?.init && unwrap(binding.init);
  return init !== undefined && isFunction(init) ? init : undefined;
}

function methodOf({ body }: ClassNode, name: string): FunctionNode | undefined {
  for (const member of body.body) {
    if ((member.type !== 'MethodDefinition' && member.type !== 'PropertyDefinition') || keyName(member) !== name || member.static) continue;
    const value = member.value === null ? undefined : unwrap(member.value);
    if (value !== undefined && isFunction(value)) return value;
  }
  return undefined;
}

/** The name by which the file can call a function: its own, or that of the variable, method or property that holds it. */
export function nameOfFunction(fn: FunctionNode, { parents }: FileCode): string | undefined {
  if (fn.type !== 'ArrowFunctionExpression' && fn.id != null) return fn.id.name;
  const parent = parents.get(fn);
  if (parent?.type === 'VariableDeclarator') return parent.id.type === 'Identifier' ? parent.id.name : undefined;
  if (parent?.type === 'AssignmentExpression') {
    const left = unwrap(parent.left);
    return left.type === 'MemberExpression' ? memberName(left) : left.type === 'Identifier' ? left.name : undefined;
  }
  if (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition' || parent?.type === 'Property') return parent.value === fn ? keyName(parent) : undefined;
  return undefined;
}

const calls = new WeakMap<FileCode, ReadonlyMap<FunctionNode, readonly TSESTree.CallExpression[]>>();

/** Every call of a function that the file shows, in the order of the text. */
export function callsOf(fn: FunctionNode, code: FileCode): readonly TSESTree.CallExpression[] {
  let known = calls.get(code);
  if (known === undefined) {
    known = readCalls(code);
    calls.set(code, known);
  }
  return known.get(fn) ?? [];
}

function readCalls(code: FileCode): Map<FunctionNode, TSESTree.CallExpression[]> {
  const found = new Map<FunctionNode, TSESTree.CallExpression[]>();
  for (const node of code.nodes) {
    const fn = node.type === 'CallExpression' ? calledFunction(node, code) : undefined;
    if (fn !== undefined && node.type === 'CallExpression') found.set(fn, [...(found.get(fn) ?? []), node]);
  }
  return found;
}
