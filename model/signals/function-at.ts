import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import type { ClassFacts, FunctionNode } from '../service.ts';
import { bindingOf } from '../names/binding-of.ts';
import { classAt, type SignalFile } from './signal-file.ts';

/**
 * The function that an expression stands for, where it is in the file: written here, declared under that name, a member of the class,
 * also behind `.bind(…)`. A name that is declared with `let` may stand for another one later, and is not followed.
 */
export function functionAt(node: TSESTree.Node, file: SignalFile): FunctionNode | undefined {
  const inner = unwrap(node);
  if (isFunction(inner)) return inner;
  if (inner.type === 'Identifier') {
    const binding = bindingOf(inner.name, inner, file.parents);
    if (binding?.init === undefined || (binding.kind !== 'const' && binding.kind !== 'function')) return undefined;
    const value = unwrap(binding.init);
    return isFunction(value) ? value : undefined;
  }
  if (inner.type === 'CallExpression') {
    const callee = unwrap(inner.callee);
    return callee.type === 'MemberExpression' && memberName(callee) === 'bind' ? functionAt(callee.object, file) : undefined;
  }
  const name = thisMember(inner);
  const facts = name === undefined ? undefined : classAt(inner, file);
  return name === undefined || facts === undefined ? undefined : memberFunction(name, facts);
}

function memberFunction(name: string, facts: ClassFacts): FunctionNode | undefined {
  // A subclass may have its own, and who calls is not known.
  if (facts.subclasses.some(({ methods }) => methods.has(name))) return undefined;
  const method = facts.methods.get(name);
  if (method !== undefined) {
    // A decorator may make it run once. Espree knows none.
    const isDecorated = 'decorators' in method.node && method.node.decorators.length > 0;
    return method.isStatic || method.isGenerator || isDecorated ? undefined : method.value;
  }
  const assigned: TSESTree.Node[] = [];
  visit(facts.node, (node) => {
    if (node.type === 'AssignmentExpression' && thisMember(node.left) === name) assigned.push(unwrap(node.right));
    return undefined;
  });
  const [only] = assigned;
  return assigned.length === 1 && only !== undefined && isFunction(only) ? only : undefined;
}
