import type { TSESTree } from '@typescript-eslint/utils';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { childNodes } from '../ast/children.ts';
import type { Hold, Method } from '../service.ts';
import type { LockScope, MethodHolds } from './lock-scope.ts';
import { lockUseOf } from './lock-use.ts';
import { takingAt } from './taking-at.ts';
import type { Taking } from './taking.ts';

interface Search {
  readonly main: Taking | undefined;
  readonly method: Method;
  readonly scope: LockScope;
  readonly holds: Hold[];
  unread: TSESTree.Node | undefined;
}

/** The holds of a method that are not the one which may cover it: those in branches, and further ones behind it. */
export function nestedHolds(body: TSESTree.Node, main: Taking | undefined, method: Method, scope: LockScope): MethodHolds {
  const search: Search = { main, method, scope, holds: [], unread: undefined };
  searchNode(body, search);
  return { holds: search.holds, unread: main === undefined && search.holds.length === 0 ? search.unread : undefined };
}

function searchNode(node: TSESTree.Node, search: Search): void {
  // What a nested function takes it takes at another time.
  if (isFunction(node) || isClass(node)) return;
  const list = node.type === 'BlockStatement' ? node.body : node.type === 'SwitchCase' ? node.consequent : undefined;
  if (list !== undefined) {
    searchList(list, search);
    return;
  }
  if (node.type === 'CallExpression' && node !== search.main?.node) {
    const use = lockUseOf(node, search.scope);
    if (use !== undefined && use.kind !== 'look' && use.kind !== 'release') search.unread ??= node;
  }
  for (const child of childNodes(node)) searchNode(child, search);
}

function searchList(list: readonly TSESTree.Statement[], search: Search): void {
  for (let index = 0; index < list.length; index += 1) {
    const statement = list[index];
    if (statement === undefined) continue;
    const taking = takingAt(list, index, search.scope);
    if (taking === undefined || (taking.forwarded !== undefined && taking.node !== search.main?.node)) {
      searchNode(statement, search);
      continue;
    }
    if (taking.node !== search.main?.node) search.holds.push(nestedHold(taking, list, search));
    index = Math.max(index, taking.next - 1);
  }
}

function nestedHold({ lock, form, node, held, isSure, gap }: Taking, list: readonly TSESTree.Statement[], { method }: Search): Hold {
  const [first] = list;
  const isSecond = list === (method.value.body as { body?: unknown }).body && first !== undefined;
  const found: Hold['gap'] = gap ?? (isSecond ? { kind: 'work-before', node: first } : { kind: 'nested', node });
  return Object.freeze({
    lock,
    form,
    node,
    held: Object.freeze([...held]),
    method,
    covers: isSure === 'yes' ? 'no' : 'unknown',
    gap: found,
  });
}
