import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { soleReturn } from '../ast/sole-return.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { CHAINS, RUNNERS } from '../flow/callee-names.ts';
import type { FunctionNode } from '../service.ts';
import type { Code } from './code.ts';
import { identifiersOf } from './uses.ts';

export type FileFunctions = ReadonlyMap<string, FunctionNode>;

/** The async function, written in the file, whose promise an expression gives. */
export function workOf(node: TSESTree.Node, code: Code, file: FileFunctions, depth = 0): FunctionNode | undefined {
  const inner = unwrap(node);
  if (inner.type !== 'CallExpression' || depth > 4) return undefined;
  const callee = unwrap(inner.callee);
  const fn = isFunction(callee) ? callee : calledFunction(inner, callee, code, file);
  if (fn === undefined) return undefined;
  if (fn.generator) return undefined;
  if (fn.async) return fn;
  const result = soleReturn(fn);
  return result === undefined ? undefined : workOf(rootOfChain(result), code, file, depth + 1);
}

function calledFunction(call: TSESTree.CallExpression, callee: TSESTree.Node, code: Code, file: FileFunctions): FunctionNode | undefined {
  const own = thisMember(callee);
  if (own !== undefined) return code.members.get(own)?.fn;
  if (callee.type === 'Identifier') return localFunction(callee, code) ?? file.get(callee.name);
  if (callee.type !== 'MemberExpression' || !RUNNERS.has(memberName(callee) ?? '')) return undefined;
  return call.arguments.map(unwrap).find(isFunction);
}

/** The function that a local name stands for. */
export function localFunction(name: TSESTree.Identifier, code: Code): FunctionNode | undefined {
  for (const use of [name, ...identifiersOf(name, code), ...(code.names.get(name.name) ?? [])]) {
    if (code.memberOf.get(use) !== code.memberOf.get(name)) continue;
    const parent = code.parents.get(use);
    const value = parent?.type === 'VariableDeclarator' && parent.id === use ? parent.init : parent;
    const inner = value == null ? undefined : unwrap(value);
    if (inner !== undefined && isFunction(inner) && (inner !== parent || inner.id === use)) return inner;
  }
  return undefined;
}

/** `work()` for `work().then(…).catch(…)`. */
export function rootOfChain(node: TSESTree.Node): TSESTree.Node {
  let at = unwrap(node);
  while (at.type === 'CallExpression' && CHAINS.has(calleeName(at) ?? '')) {
    const callee = unwrap(at.callee);
    if (callee.type !== 'MemberExpression') break;
    at = unwrap(callee.object);
  }
  return at;
}
