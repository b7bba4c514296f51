import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../ast/children.ts';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { someBelow } from '../ast/some-below.ts';
import { neverFails } from '../teardown/never-fails.ts';
import type { Fact, FunctionNode } from '../service.ts';
import type { Code } from './code.ts';
import { type FileFunctions, workOf } from './promise-work.ts';

/** Whether the promise of an async function can reject: `no` only where a try stands round all that can fail. */
export function canReject(fn: FunctionNode, code: Code, file: FileFunctions, seen: ReadonlySet<FunctionNode> = new Set()): Fact {
  if (seen.has(fn)) return 'no';
  const within = new Set([...seen, fn]);
  let answer: Fact = 'no';
  const raise = (fact: Fact): void => {
    if (fact === 'yes' || (fact === 'unknown' && answer === 'no')) answer = fact;
  };
  const read = (node: TSESTree.Node, isGuarded: boolean): void => {
    if (node !== fn && (isFunction(node) || isClass(node))) return;
    if (node.type === 'TryStatement') {
      readTry(node, isGuarded);
      return;
    }
    if (!isGuarded) raise(failureOf(node, code, file, within));
    for (const child of childNodes(node)) read(child, isGuarded);
  };
  const readTry = ({ block, handler, finalizer }: TSESTree.TryStatement, isGuarded: boolean): void => {
    read(block, isGuarded || (handler !== null && !isThrownOn(handler)));
    if (handler !== null) {
      if (!isGuarded && someBelow(handler.body, ({ type }) => type === 'ThrowStatement', isFunction)) raise('unknown');
      for (const child of childNodes(handler.body)) if (child.type !== 'ThrowStatement') read(child, isGuarded);
    }
    if (finalizer !== null) read(finalizer, isGuarded);
  };
  read(fn.body, false);
  if (fn.body.type !== 'BlockStatement') raise(awaited(fn.body, code, file, within));
  return answer;
}

function failureOf(node: TSESTree.Node, code: Code, file: FileFunctions, seen: ReadonlySet<FunctionNode>): Fact {
  switch (node.type) {
    case 'AwaitExpression':
      return awaited(node.argument, code, file, seen);
    case 'ForOfStatement':
      return node.await ? 'yes' : 'no';
    case 'ReturnStatement':
      return node.argument === null ? 'no' : awaited(node.argument, code, file, seen);
    case 'ThrowStatement':
      return 'unknown';
    default:
      return 'no';
  }
}

/** `catch (error) { log(error); throw error; }` keeps nothing back. */
function isThrownOn({ body }: TSESTree.CatchClause): boolean {
  return body.body.at(-1)?.type === 'ThrowStatement';
}

/** Whether what is awaited can reject. Of what is only returned a call may be no promise, but may throw all the same. */
function awaited(node: TSESTree.Node, code: Code, file: FileFunctions, seen: ReadonlySet<FunctionNode>): Fact {
  const work = workOf(node, code, file);
  if (work !== undefined) return canReject(work, code, file, seen);
  if (neverFails(node, code.facts) || node.type === 'AwaitExpression') return 'no';
  return ['CallExpression', 'ChainExpression', 'NewExpression'].includes(node.type) ? 'yes' : 'unknown';
}
