import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { lineOf } from '../../model/line-of.ts';
import type { FunctionNode, Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { pathTo } from '../teardown/path-to.ts';

/** Where start acquires one thing, or sets a flag. */
export interface Place {
  readonly node: TSESTree.Node;
  /** The method, or the callback under the lock, whose statement it is. */
  readonly fn: FunctionNode & { readonly body: TSESTree.BlockStatement };
  /** From the class down to the acquiring call, or the assignment. */
  readonly path: readonly TSESTree.Node[];
  readonly statement: TSESTree.ExpressionStatement | TSESTree.VariableDeclaration;
}

/** The statement after which a thing is surely held, or why there is none. */
export function placeOfAcquired(service: Service, source: Source, node: TSESTree.Node, name: string): Obstacle | Place {
  const leave = (why: string): Obstacle => ({ node, why: `${name} at line ${lineOf(source, node)} ${why}` });
  const path = pathTo(service.node, node);
  const at = path.findLastIndex((one) => isFunction(one) && isHost(one, service));
  const fn = path[at];
  if (fn === undefined || !isFunction(fn)) return leave('does not stand in a method of the class');
  if (fn.body.type !== 'BlockStatement') return leave('stands in a function without a block');
  if (fn.generator) return leave('stands in a generator');
  if (!fn.async) return leave('stands in a function that is not async, where nothing is caught');
  const inner = path.slice(at + 1);
  const callback = inner.findIndex(isFunction);
  const own = callback === -1 ? inner : inner.slice(0, callback);
  if (callback !== -1 && !isExecutor(own)) return leave('stands in a callback');
  const index = own.findLastIndex(({ type }) => type === 'VariableDeclaration' || (type.endsWith('Statement') && type !== 'BlockStatement'));
  const statement = own[index];
  if (own.some(({ type }) => /^(?:Do|For|While)/.test(type))) return leave('stands in a loop');
  if (statement?.type !== 'ExpressionStatement' && statement?.type !== 'VariableDeclaration') return leave('has no statement of its own');
  if (own[index - 1]?.type !== 'BlockStatement') return leave('stands in a branch without braces');
  if (own.slice(index + 1).some(isOptional)) return leave('is done only on a condition');
  return { node, fn: fn as Place['fn'], path, statement };
}

function isHost(fn: FunctionNode, { facts, lock }: Service): boolean {
  return [...facts.methods.values()].some(({ value }) => value === fn) || lock.holds.some(({ held }) => held.some((part) => part === fn.body));
}

/** `await new Promise((resolve) => this.server.listen(port, resolve))` */
function isExecutor(own: readonly TSESTree.Node[]): boolean {
  const made = own.at(-1);
  return made?.type === 'NewExpression' && made.callee.type === 'Identifier' && made.callee.name === 'Promise' && own.at(-2)?.type === 'AwaitExpression';
}

function isOptional(node: TSESTree.Node): boolean {
  if (node.type === 'AssignmentExpression') return node.operator !== '=';
  return node.type === 'ConditionalExpression' || node.type === 'LogicalExpression';
}
