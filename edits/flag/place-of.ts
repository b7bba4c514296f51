import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { childNodes } from '../../model/ast/children.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import type { ClassFacts, Drain, FunctionNode, LockFacts, Method } from '../../model/service.ts';

/** Where the error of a deadline comes out. */
export interface Place {
  /** The promise with its deadline, or the loop. */
  readonly node: TSESTree.Node;
  readonly method: Method;
  /** The innermost function round it. */
  readonly host: FunctionNode;
  /** What it stands in, from that function inwards; the last is `node`. */
  readonly path: readonly TSESTree.Node[];
}

/** Undefined where no method of the class has it. */
export function placeOf({ methods }: ClassFacts, { node: wait, deadline }: Drain): Place | undefined {
  // A deadline round the call of a helper: what the helper waits for is its work.
  const node = deadline === undefined || contains(wait, deadline.node) ? wait : deadline.node;
  const method = [...methods.values()].find(({ value }) => contains(value, node));
  if (method === undefined) return undefined;
  let host: FunctionNode = method.value;
  let path: TSESTree.Node[] = [];
  for (let at: TSESTree.Node | undefined = method.value; at !== undefined; ) {
    if (isFunction(at)) {
      host = at;
      path = [];
    }
    path.push(at);
    if (at === node) break;
    at = childNodes(at).find((child) => contains(child, node));
  }
  return { node, method, host, path };
}

/** The innermost try of its function whose catch would get the error. One that is there to give the lock back is none: a lock may come later. */
export function enclosingTry({ path }: Place, { holds }: LockFacts): TSESTree.TryStatement | undefined {
  const isOfLock = ({ handler, block }: TSESTree.TryStatement): boolean => handler === null && holds.some(({ held }) => held.includes(block));
  return path.findLast(
    (node, index): node is TSESTree.TryStatement => node.type === 'TryStatement' && node.block === path[index + 1] && !isOfLock(node),
  );
}

/** Whether nothing comes after a statement in the function that the place is in. */
export function isLastOf({ path }: Place, statement: TSESTree.Statement): boolean {
  const outer = path.slice(0, path.indexOf(statement));
  return outer.every((node, index) => {
    const child = outer[index + 1] ?? statement;
    if (node.type === 'BlockStatement') return node.body.at(-1) === child;
    return isFunction(node) || node.type === 'IfStatement' || (node.type === 'TryStatement' && node.block !== child);
  });
}
