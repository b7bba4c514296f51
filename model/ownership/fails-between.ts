import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { calleeText } from '../ast/callee-text.ts';
import { childNodes } from '../ast/children.ts';
import { isFunction } from '../ast/is-function.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';

/** The first place in some statements from which control does not come to what follows them: an await that may reject, a throw, a return. */
export function failsBetween(statements: readonly TSESTree.Node[]): TSESTree.Node | undefined {
  return firstOf(statements, failsIn);
}

/** The first assertion in some statements, which most often holds. */
export function assertsIn(statements: readonly TSESTree.Node[]): TSESTree.Node | undefined {
  return firstOf(statements, (node): TSESTree.Node | undefined => {
    if (isFunction(node) || (node.type === 'TryStatement' && node.handler !== null)) return undefined;
    return node.type === 'CallExpression' && /^(?:assert|expect)\b/.test(calleeText(node)) ? node : assertsIn(childNodes(node));
  });
}

function firstOf(nodes: readonly TSESTree.Node[], find: (node: TSESTree.Node) => TSESTree.Node | undefined): TSESTree.Node | undefined {
  for (const node of nodes) {
    const found = find(node);
    if (found !== undefined) return found;
  }
  return undefined;
}

function failsIn(node: TSESTree.Node): TSESTree.Node | undefined {
  if (isFunction(node)) return undefined;
  if (node.type === 'ThrowStatement' || node.type === 'ReturnStatement' || (node.type === 'ForOfStatement' && node.await)) return node;
  if (node.type === 'AwaitExpression' && mayReject(node.argument)) return node;
  // What a handler catches goes no further, but the handler may.
  if (node.type === 'TryStatement' && node.handler !== null) return failsBetween([node.handler.body, ...(node.finalizer === null ? [] : [node.finalizer])]) ?? returnsIn(node.block);
  return failsBetween(childNodes(node));
}

function returnsIn(node: TSESTree.Node): TSESTree.Node | undefined {
  if (isFunction(node)) return undefined;
  return node.type === 'ReturnStatement' ? node : firstOf(childNodes(node), returnsIn);
}

/** All but a sleep, a promise that nothing rejects, settled promises, and what catches its own failure. */
function mayReject(promise: TSESTree.Node): boolean {
  const inner = unwrap(promise);
  if (inner.type === 'NewExpression') return !(inner.arguments.length === 1 && /^Promise$/.test(calleeName(inner) ?? '') && onlyResolves(inner.arguments[0]));
  if (inner.type !== 'CallExpression') return inner.type !== 'Literal' && inner.type !== 'Identifier';
  const name = calleeName(inner) ?? '';
  return !/^(?:delay|pause|setImmediate|setTimeout|sleep|tick|timeout|wait|waitFor\w*Ms)$/i.test(name) && name !== 'catch' && !/^Promise\.(?:allSettled|resolve)\(/.test(calleeText(inner));
}

/** `(resolve) => setTimeout(resolve, 100)`: it has no `reject`, and what it calls at once is not taken to throw. */
function onlyResolves(executor: TSESTree.Node | undefined): boolean {
  if (executor === undefined || !isFunction(executor)) return false;
  const { body, params } = executor;
  return params.length === 1 && params[0]?.type === 'Identifier' && !someBelow(body, ({ type }) => type === 'ThrowStatement');
}
