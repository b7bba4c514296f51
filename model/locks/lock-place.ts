import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isClass } from '../ast/is-class.ts';
import { memberName } from '../ast/member-name.ts';
import { soleReturn } from '../ast/sole-return.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { chain, findField, findGetter, findMethod, type LockScope } from './lock-scope.ts';

/** Where the value of an expression lives, as far as names tell. */
export interface Place {
  readonly root: 'local' | 'module' | 'parameter' | 'static' | 'this';
  /** Empty for `this` and for the class itself. */
  readonly path: readonly string[];
  readonly init: TSESTree.Expression | undefined;
  readonly type: TSESTree.TypeNode | undefined;
  /** The declaration, or the expression where that is elsewhere. */
  readonly node: TSESTree.Node;
}

/** Follows aliases, destructuring, getters and `withTimeout(…)` to the place that an expression names. */
export function placeOf(node: TSESTree.Node, scope: LockScope, depth = 0): Place | undefined {
  const inner = unwrap(node);
  if (depth > 6) return undefined;
  switch (inner.type) {
    case 'ThisExpression':
      return { root: 'this', path: [], init: undefined, type: undefined, node: inner };
    case 'Identifier':
      return placeOfName(inner, scope, depth);
    case 'MemberExpression': {
      const name = memberName(inner);
      const object = name === undefined ? undefined : placeOf(inner.object, scope, depth + 1);
      return name === undefined || object === undefined ? undefined : memberOf(object, name, inner, scope, depth);
    }
    case 'CallExpression':
      return placeOfCall(inner, scope, depth);
    default:
      return undefined;
  }
}

function placeOfCall(call: TSESTree.CallExpression, scope: LockScope, depth: number): Place | undefined {
  const [first] = call.arguments;
  if (calleeName(call) === 'withTimeout' && first !== undefined) return placeOf(first, scope, depth + 1);
  const own = thisMember(call.callee);
  const method = own === undefined ? undefined : findMethod(scope, own)?.method;
  const returned = method === undefined || method.isAsync ? undefined : soleReturn(method.value);
  return returned === undefined ? undefined : placeOf(returned, { ...scope, locals: new Map() }, depth + 1);
}

function placeOfName(node: TSESTree.Identifier, scope: LockScope, depth: number): Place | undefined {
  const local = scope.locals.get(node.name);
  if (local !== undefined) {
    if (local.isParameter) return { root: 'parameter', path: [node.name], init: undefined, type: undefined, node: local.node };
    const whole = local.init === undefined ? undefined : placeOf(local.init, scope, depth + 1);
    if (whole !== undefined) return local.path.reduce<Place | undefined>((at, name) => at && memberOf(at, name, node, scope, depth), whole);
    return { root: 'local', path: [node.name], init: local.path.length === 0 ? local.init : undefined, type: undefined, node: local.node };
  }
  if (node.name === 'undefined') return undefined;
  if (chain(scope.self).some((facts) => facts.node.id?.name === node.name)) {
    return { root: 'static', path: [], init: undefined, type: undefined, node };
  }
  return { root: 'module', path: [node.name], init: scope.file.constants.get(node.name), type: undefined, node };
}

function memberOf(object: Place, name: string, node: TSESTree.Node, scope: LockScope, depth: number): Place | undefined {
  const path = [...object.path, name];
  if (object.root === 'this' && object.path.length === 0) {
    if (name === 'constructor') return { root: 'static', path: [], init: undefined, type: undefined, node };
    const getter = findGetter(scope, name);
    const returned = getter === undefined ? undefined : soleReturn(getter);
    const behind = returned === undefined ? undefined : placeOf(returned, { ...scope, locals: new Map() }, depth + 1);
    if (behind !== undefined) return behind;
  }
  const isOwn = object.path.length === 0 && (object.root === 'this' || object.root === 'static');
  const field = isOwn ? findField(scope, name) : memberDeclaration(object, name, scope);
  return { root: object.root, path, init: field?.init, type: field?.typeAnnotation, node: field?.node ?? node };
}

interface Declared {
  readonly node: TSESTree.Node;
  readonly init: TSESTree.Expression | undefined;
  readonly typeAnnotation: TSESTree.TypeNode | undefined;
}

/** The declaration of a member of an object literal, or of a class in the file. */
function memberDeclaration({ init }: Place, name: string, { file }: LockScope): Declared | undefined {
  const value = init === undefined ? undefined : unwrap(init);
  if (value?.type === 'ObjectExpression') {
    for (const property of value.properties) {
      if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.key.name !== name) continue;
      return { node: property, init: property.value as TSESTree.Expression, typeAnnotation: undefined };
    }
  }
  if (value?.type !== 'NewExpression') return undefined;
  const callee = unwrap(value.callee);
  if (isClass(callee)) return undefined;
  return callee.type === 'Identifier' ? file.classes.get(callee.name)?.fields.get(name) : undefined;
}
