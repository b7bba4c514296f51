import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Fact } from '../service.ts';
import { isPure } from './is-pure.ts';
import { chain, findField, findMethod, type LockScope } from './lock-scope.ts';

const PRIMITIVE = new Set([
  'TSBooleanKeyword',
  'TSNumberKeyword',
  'TSStringKeyword',
  'TSBigIntKeyword',
  'TSVoidKeyword',
  'TSArrayType',
  'TSLiteralType',
]);

/** Whether the value of an expression is a promise. A call counts as one unless it is known to answer at once. */
export function mayBePromise(node: TSESTree.Node, scope: LockScope, depth = 0): Fact {
  const inner = unwrap(node);
  if (depth > 4) return 'unknown';
  const either = (...parts: readonly TSESTree.Node[]): Fact => {
    const facts = parts.map((part) => mayBePromise(part, scope, depth + 1));
    return facts.includes('yes') ? 'yes' : facts.includes('unknown') ? 'unknown' : 'no';
  };
  switch (inner.type) {
    case 'CallExpression':
      return callIsPromise(inner, scope);
    case 'NewExpression':
      return calleeName(inner) === 'Promise' ? 'yes' : 'no';
    case 'ImportExpression':
      return 'yes';
    case 'ConditionalExpression':
      return either(inner.consequent, inner.alternate);
    case 'LogicalExpression':
      return either(inner.left, inner.right);
    case 'AssignmentExpression':
      return inner.operator === '=' ? either(inner.right) : either(inner.left, inner.right);
    case 'SequenceExpression':
      return either(...inner.expressions.slice(-1));
    case 'Identifier': {
      const local = scope.locals.get(inner.name);
      return local?.init === undefined || local.path.length > 0 ? 'no' : either(local.init);
    }
    case 'MemberExpression': {
      const field = thisMember(inner);
      return field === undefined ? 'no' : fieldIsPromise(field, scope, depth);
    }
    default:
      return 'no';
  }
}

function callIsPromise(call: TSESTree.CallExpression, scope: LockScope): Fact {
  if (isPure(call)) return 'no';
  const own = thisMember(call.callee);
  const method = own === undefined ? undefined : findMethod(scope, own)?.method;
  if (method === undefined || method.isAsync) return 'yes';
  const type = method.value.returnType?.typeAnnotation;
  if (type !== undefined) return PRIMITIVE.has(type.type) ? 'no' : 'yes';
  return someBelow(method.value.body, (node) => node.type === 'ReturnStatement' && node.argument !== null && !isPure(node.argument))
    ? 'yes'
    : 'no';
}

/** A field holds a promise where its type says so or where a method puts one into it. */
function fieldIsPromise(name: string, scope: LockScope, depth: number): Fact {
  const field = findField(scope, name);
  const type = field?.typeAnnotation;
  if (type !== undefined) {
    const parts = type.type === 'TSUnionType' ? type.types : [type];
    if (
      parts.some(
        (part) => part.type === 'TSTypeReference' && part.typeName.type === 'Identifier' && part.typeName.name.startsWith('Promise'),
      )
    )
      return 'yes';
    if (parts.every((part) => PRIMITIVE.has(part.type) || part.type === 'TSUndefinedKeyword' || part.type === 'TSNullKeyword')) return 'no';
    return 'unknown';
  }
  const init = field?.init === undefined ? undefined : unwrap(field.init);
  if (init?.type === 'Literal' && init.value !== null) return 'no';
  const isPut = chain(scope.self).some(({ methods }) =>
    [...methods.values()].some(({ value }) => someBelow(value.body, (node) => putsPromise(node, name, scope, depth))),
  );
  return isPut ? 'yes' : 'unknown';
}

function putsPromise(node: TSESTree.Node, name: string, scope: LockScope, depth: number): boolean {
  if (node.type !== 'AssignmentExpression' || thisMember(node.left) !== name) return false;
  const right = unwrap(node.right);
  if (right.type === 'NewExpression') return calleeName(right) === 'Promise';
  const own = right.type === 'CallExpression' ? thisMember(right.callee) : undefined;
  // Of calls that leave the class only a chain of promises is sure; `createServer()` may answer at once.
  if (own === undefined) return right.type === 'CallExpression' && ['then', 'catch', 'finally', 'all'].includes(calleeName(right) ?? '');
  return mayBePromise(right, scope, depth + 1) === 'yes';
}
