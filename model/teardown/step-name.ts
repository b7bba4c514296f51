import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';

type Locals = ReadonlyMap<string, TSESTree.Node>;

/** What a step is called in messages and logs: `consumer.close` for `this.#consumer?.close()`, `clearInterval(timer)`, `task`. */
export function stepName(node: TSESTree.Node, locals: Locals = new Map()): string {
  const inner = unwrap(node);
  if (inner.type === 'AwaitExpression') return stepName(inner.argument, locals);
  if (inner.type !== 'CallExpression') return pathOf(inner, locals).join('.') || 'step';
  const path = pathOf(inner.callee, locals);
  const [argument] = inner.arguments;
  if (argument === undefined || unwrap(inner.callee).type !== 'Identifier') return path.join('.') || 'step';
  const handed = pathOf(argument, locals).join('.');
  return handed === '' ? path.join('.') : `${path.join('.')}(${handed})`;
}

function pathOf(node: TSESTree.Node, locals: Locals): readonly string[] {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return pathOfLocal(inner.name, locals);
  if (inner.type === 'Super') return ['super'];
  if (inner.type === 'CallExpression') return pathOf(firstCall(inner).callee, locals);
  if (inner.type !== 'MemberExpression') return [];
  const name = memberName(inner);
  return [...pathOf(inner.object, locals), ...(name === undefined ? [] : [name.replace(/^#/, '')])];
}

/** A local that was read from a field goes by the field's name. */
function pathOfLocal(name: string, locals: Locals): readonly string[] {
  const value = locals.get(name);
  return value !== undefined && thisMember(value) !== undefined ? pathOf(value, locals) : [name];
}

/** Of `redis.multi().del(a).exec()` the call of `multi`. */
function firstCall(node: TSESTree.CallExpression): TSESTree.CallExpression {
  const callee = unwrap(node.callee);
  const object = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  return object.type === 'CallExpression' ? firstCall(object) : node;
}
