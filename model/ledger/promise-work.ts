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
  const named = functionsNamed(name.name, code).filter(({ id }) => code.memberOf.get(id) === code.memberOf.get(name));
  if (named.length < 2) return named[0]?.fn;
  const ids = named.map(({ id }) => id);
  const [nearest] = [...(ids.includes(name) ? [name] : []), ...identifiersOf(name, code, ids), ...ids];
  return named.find(({ id }) => id === nearest)?.fn;
}

interface NamedFunction {
  readonly id: TSESTree.Identifier;
  readonly fn: FunctionNode;
}

const known = new WeakMap<Code, Map<string, readonly NamedFunction[]>>();

/** Few of the identifiers of one name stand where a function gets it. */
function functionsNamed(name: string, code: Code): readonly NamedFunction[] {
  const byName = known.get(code) ?? new Map<string, readonly NamedFunction[]>();
  known.set(code, byName);
  const named = byName.get(name) ?? (code.names.get(name) ?? []).flatMap((id): NamedFunction[] => {
    const fn = functionGiven(id, code);
    return fn === undefined ? [] : [{ id, fn }];
  });
  byName.set(name, named);
  return named;
}

/** The function that an identifier is declared as. */
function functionGiven(id: TSESTree.Identifier, code: Code): FunctionNode | undefined {
  const parent = code.parents.get(id);
  const value = parent?.type === 'VariableDeclarator' && parent.id === id ? parent.init : parent;
  const inner = value == null ? undefined : unwrap(value);
  return inner !== undefined && isFunction(inner) && (inner !== parent || inner.id === id) ? inner : undefined;
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
