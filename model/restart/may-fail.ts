import type { TSESTree } from '@typescript-eslint/utils';
import { boundNames } from '../ast/bound-names.ts';
import { calleeName } from '../ast/callee-name.ts';
import { calleeText } from '../ast/callee-text.ts';
import { isFunction } from '../ast/is-function.ts';
import { isNothing } from '../ast/is-nothing.ts';
import { keyName } from '../ast/key-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { methodOf } from '../flow/walk.ts';
import type { ClassFacts, FunctionNode } from '../service.ts';

/** Whether the promise that is waited for is sure to be one that can reject by itself. */
export function mayFail(facts: ClassFacts, work: TSESTree.Node, depth = 0): boolean {
  const inner = unwrap(work);
  if (depth > 3) return false;
  const field = thisMember(inner);
  if (field !== undefined) {
    const kept = keptIn(facts, field);
    return kept.length > 0 && kept.every((one) => mayFail(facts, one, depth + 1));
  }
  if (inner.type === 'Identifier') {
    const values = valuesOf(facts, inner.name);
    return values.length > 0 && values.every((one) => mayFail(facts, one, depth + 1));
  }
  if (inner.type === 'ArrowFunctionExpression') return inner.body.type !== 'BlockStatement' && mayFail(facts, inner.body, depth + 1);
  if (inner.type !== 'CallExpression') return false;
  const own = thisMember(inner.callee);
  const method = own === undefined ? undefined : methodOf(facts, own);
  if (method !== undefined) return method.isAsync && !isGuarded(method.value);
  if (calleeText(inner) === 'Promise.resolve(…)' && inner.arguments[0] !== undefined) return mayFail(facts, inner.arguments[0], depth + 1);
  const name = calleeName(inner) ?? '';
  const parts = inner.arguments.flatMap((argument) => (name === 'all' && argument.type === 'ArrayExpression' ? argument.elements : []));
  return parts.some((part) => part !== null && mayFail(facts, part, depth + 1));
}

/** What the class puts into a field, apart from what empties it. */
function keptIn({ node }: ClassFacts, field: string): readonly TSESTree.Node[] {
  const kept: TSESTree.Node[] = [];
  visit(node, (inner) => {
    if (inner.type === 'AssignmentExpression' && thisMember(inner.left) === field && !isNothing(inner.right)) kept.push(inner.right);
    return undefined;
  });
  return kept;
}

/** What the locals of a name are made of, in the whole class; nothing where one of them is handed in, or written later. */
function valuesOf(facts: ClassFacts, name: string): readonly TSESTree.Node[] {
  const values: TSESTree.Node[] = [];
  const isUnsure = someBelow(facts.node, (inner) => {
    if (inner.type === 'VariableDeclarator' && boundNames(inner.id).includes(name)) {
      const own = localValues(facts, inner, name);
      values.push(...own);
      return own.length === 0;
    }
    return (isFunction(inner) && inner.params.some((param) => boundNames(param).includes(name))) || (inner.type === 'AssignmentExpression' && boundNames(inner.left).includes(name));
  });
  return isUnsure ? [] : values;
}

/** `const loop = this.loop`, `const { loop } = this` */
function localValues(facts: ClassFacts, { id, init }: TSESTree.VariableDeclarator, name: string): readonly TSESTree.Node[] {
  if (init === null) return [];
  if (id.type === 'Identifier') return [init];
  const isShort = id.type === 'ObjectPattern' && init.type === 'ThisExpression' && id.properties.some((property) => property.type === 'Property' && property.shorthand && keyName(property) === name);
  return isShort ? keptIn(facts, name) : [];
}

const THROWING = new Set(['AwaitExpression', 'CallExpression', 'ThrowStatement']);

/** Whether nothing gets out of a function: all that it does stands in one try whose catch does not throw. */
function isGuarded({ body }: FunctionNode): boolean {
  if (body.type !== 'BlockStatement') return false;
  const calls = (node: TSESTree.Node): boolean => someBelow(node, ({ type }) => THROWING.has(type), isFunction);
  return body.body.every((statement) => {
    const guarded = statement.type === 'WhileStatement' && !calls(statement.test) && statement.body.type === 'BlockStatement' ? statement.body.body : [statement];
    return guarded.every((one) => {
      if (one.type !== 'TryStatement' || one.handler === null) return !calls(one);
      return !throws(one.handler.body) && (one.finalizer === null || !calls(one.finalizer));
    });
  });
}

function throws(node: TSESTree.Node): boolean {
  return someBelow(node, ({ type }) => type === 'ThrowStatement' || type === 'AwaitExpression', isFunction);
}
