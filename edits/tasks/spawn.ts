import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { isLoop } from '../../model/ast/is-loop.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { RUNNERS } from '../../model/flow/callee-names.ts';
import { isTimerCall } from '../../model/ledger/is-timer-call.ts';
import type { Task } from '../../model/ledger/ledger.ts';
import type { FunctionNode, Service } from '../../model/service.ts';
import { pathTo } from '../teardown/path-to.ts';

/** Where a task is begun. */
export interface Spawn {
  /** The outermost call of the chain that begins with the task: `this.run().then(…)`. */
  readonly call: TSESTree.CallExpression;
  /** From the class down to `call`. */
  readonly path: readonly TSESTree.Node[];
  /** The statement that is nothing but the call, with `void` or without, or an assignment of it to the field that keeps it. */
  readonly statement: TSESTree.ExpressionStatement | undefined;
  /** `() => void this.tick()`, where that is a callback. */
  readonly arrow: TSESTree.ArrowFunctionExpression | undefined;
  /** The functions round it, outermost first: the member's own, callbacks. */
  readonly functions: readonly FunctionNode[];
  readonly isInLoop: boolean;
}

export function spawnOf({ node: owner }: Service, { node, isCallback }: Task): Spawn | undefined {
  if (node.type !== 'CallExpression' || isCallback) return undefined;
  let path = pathTo(owner, node);
  let call: TSESTree.CallExpression = node;
  for (;;) {
    const [outer, member] = [path.at(-3), path.at(-2)];
    const isChained = member?.type === 'MemberExpression' && outer?.type === 'CallExpression' && outer.callee === member;
    if (!isChained) break;
    call = outer;
    path = path.slice(0, -2);
  }
  const outer = path.slice(0, -1).findLast((one) => !isWrapper(one, call));
  const functions = path.filter(isFunction);
  const own = functions.at(-1);
  const inside = path.slice(path.findLastIndex((one) => one === own) + 1);
  return {
    call,
    path,
    statement: outer?.type === 'ExpressionStatement' && path.at(path.indexOf(outer) - 1)?.type === 'BlockStatement' ? outer : undefined,
    arrow: outer?.type === 'ArrowFunctionExpression' && outer.body.type !== 'BlockStatement' ? outer : undefined,
    functions,
    isInLoop: inside.some(isLoop),
  };
}

/** `void …`, `this.task = …` */
function isWrapper(node: TSESTree.Node, call: TSESTree.Node): boolean {
  if (node.type === 'UnaryExpression') return node.operator === 'void';
  return node.type === 'AssignmentExpression' && node.operator === '=' && unwrap(node.right) === call;
}

/** Whether the code runs once for each call of its method: in no callback but that of a lock. */
export function isOfMethod({ functions }: Spawn): boolean {
  const [outer, inner, ...more] = functions;
  if (outer === undefined || more.length > 0) return false;
  return inner === undefined || isGivenTo(outer, inner, (call) => RUNNERS.has(calleeName(call) ?? ''));
}

/** Whether the code is in the callback of a timer, written where that is set. */
export function isOfTimer({ functions }: Spawn): boolean {
  const [inner, outer] = functions.toReversed();
  return inner !== undefined && outer !== undefined && isGivenTo(outer, inner, isTimerCall);
}

function isGivenTo(outer: FunctionNode, inner: FunctionNode, isTaker: (call: TSESTree.CallExpression) => boolean): boolean {
  return someBelow(outer, (node) => node.type === 'CallExpression' && node.arguments.some((argument) => unwrap(argument) === inner) && isTaker(node));
}
