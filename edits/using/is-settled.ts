import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { memberName } from '../../model/ast/member-name.ts';
import { around } from '../../model/ast/parents.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { usesOf } from '../../model/ownership/started-local.ts';
import { bindingOf } from '../../model/names/binding-of.ts';
import type { SignalFile } from '../../model/signals/signal-file.ts';

/**
 * Whether an expression gives the same value before a stop and after it, whatever the stop does: nothing is called, and a member is read only of
 * what an `await` gave and no function inside gets hold of.
 */
export function isSettled(node: TSESTree.Node, file: SignalFile): boolean {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'Literal':
      return true;
    case 'Identifier':
      return inner.name === 'undefined' || isConstant(inner, file);
    case 'UnaryExpression':
      return inner.operator !== 'delete' && isSettled(inner.argument, file);
    case 'BinaryExpression':
      return inner.left.type !== 'PrivateIdentifier' && isSettled(inner.left, file) && isSettled(inner.right, file);
    case 'TemplateLiteral':
      return inner.expressions.every((part) => isSettled(part, file));
    case 'ArrayExpression':
      return inner.elements.every((element) => element !== null && element.type !== 'SpreadElement' && isSettled(element, file));
    case 'ObjectExpression':
      return inner.properties.every((property) => property.type === 'Property' && property.kind === 'init' && !property.computed && isSettled(property.value, file));
    case 'MemberExpression':
      return memberName(inner) !== undefined && isSettledMember(inner, file);
    default:
      return false;
  }
}

/** A `const`, or a parameter or `let` that no other function assigns. */
function isConstant(node: TSESTree.Identifier, file: SignalFile): boolean {
  const binding = bindingOf(node.name, node, file.parents);
  if (binding === undefined) return false;
  if (binding.kind !== 'let' || binding.node.type !== 'VariableDeclarator') return binding.kind !== 'let' && binding.kind !== 'parameter' && binding.kind !== 'catch';
  const declaration = binding.node;
  return usesOf(node.name, declaration, file).every((use) => isInSameFunction(use, declaration, file));
}

function isSettledMember(node: TSESTree.MemberExpression, file: SignalFile): boolean {
  const object = unwrap(node.object);
  if (object.type === 'MemberExpression') return memberName(object) !== undefined && isSettledMember(object, file);
  if (object.type !== 'Identifier') return false;
  const declaration = bindingOf(object.name, object, file.parents)?.node;
  if (declaration?.type !== 'VariableDeclarator' || declaration.init == null || unwrap(declaration.init).type !== 'AwaitExpression') return false;
  return usesOf(object.name, declaration, file).every((use) => isInSameFunction(use, declaration, file)) && isConstant(object, file);
}

function isInSameFunction(use: TSESTree.Node, declaration: TSESTree.Node, file: SignalFile): boolean {
  for (const at of around(use, file)) {
    if (contains(at, declaration)) return true;
    if (isFunction(at)) return false;
  }
  return true;
}
