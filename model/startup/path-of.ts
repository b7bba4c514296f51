import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { keyName } from '../ast/key-name.ts';
import { memberName } from '../ast/member-name.ts';
import { around, functionAround } from '../ast/parents.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Code } from '../ledger/code.ts';

const MAX_STEPS = 6;

/**
 * What an expression names, as a text to compare: `this.components.registrar`, also for a local that was read from there; `process` for a
 * name from outside the class. Undefined for a local that stands for something else, and for what is computed.
 */
export function pathOf(node: TSESTree.Node, code: Code): string | undefined {
  const known = paths.get(code) ?? new Map<TSESTree.Node, string | undefined>();
  paths.set(code, known);
  if (!known.has(node)) known.set(node, pathFrom(node, code, 0));
  return known.get(node);
}

const paths = new WeakMap<Code, Map<TSESTree.Node, string | undefined>>();

function pathFrom(node: TSESTree.Node, code: Code, steps: number): string | undefined {
  const inner = unwrap(node);
  if (inner.type === 'ThisExpression') return 'this';
  if (inner.type === 'Identifier') return steps > MAX_STEPS ? undefined : pathOfName(inner, code, steps);
  if (inner.type !== 'MemberExpression') return undefined;
  const object = pathFrom(inner.object, code, steps);
  const name = memberName(inner);
  return object === undefined || name === undefined ? undefined : `${object}.${name}`;
}

function pathOfName(use: TSESTree.Identifier, code: Code, steps: number): string | undefined {
  const outside = new Set<TSESTree.Node>(around(use, code));
  const declared = (code.names.get(use.name) ?? []).filter((id) => isDeclaration(id, code) && outside.has(functionAround(id, code) ?? id));
  const [only] = declared;
  if (only === undefined) return use.name;
  return declared.length > 1 ? undefined : pathOfDeclared(only, code, steps);
}

function pathOfDeclared(id: TSESTree.Identifier, code: Code, steps: number): string | undefined {
  const parent = code.parents.get(id);
  if (parent?.type === 'VariableDeclarator') return parent.init === null ? undefined : pathFrom(parent.init, code, steps + 1);
  if (parent?.type !== 'Property') return undefined;
  const declarator = code.parents.get(code.parents.get(parent) ?? parent);
  const name = keyName(parent);
  if (declarator?.type !== 'VariableDeclarator' || declarator.init === null || name === undefined) return undefined;
  const object = pathFrom(declarator.init, code, steps + 1);
  return object === undefined ? undefined : `${object}.${name}`;
}

function isDeclaration(id: TSESTree.Identifier, code: Code): boolean {
  const parent = code.parents.get(id);
  if (parent === undefined) return false;
  if (parent.type === 'VariableDeclarator') return parent.id === id;
  if (isFunction(parent)) return parent.params.includes(id);
  if (parent.type === 'Property') return parent.value === id && code.parents.get(parent)?.type === 'ObjectPattern';
  return ['ArrayPattern', 'AssignmentPattern', 'CatchClause', 'RestElement'].includes(parent.type);
}
