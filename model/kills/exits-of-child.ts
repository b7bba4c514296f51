import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import type { Fact } from '../service.ts';
import { functionFor } from './called.ts';
import type { Child } from './children.ts';
import { type FileCode } from './file-code.ts';
import { contains } from '../ast/contains.ts';
import { type ExitWait, ExitWaits } from './exit-waits.ts';
import { tellsOthers } from './outlets.ts';
import { type Executor, executorsAround, maySettle } from './settles.ts';
import type { Slots } from './slots.ts';
import { type ChildUses, EXIT_EVENTS, type Listener } from './uses-of-child.ts';

/** How a file learns that a child process has exited. */
export interface Exits {
  readonly waits: readonly ExitWait[];
  /** Promises that settle at the exit. */
  readonly promises: readonly TSESTree.Node[];
  /** Handlers and promises by which it may be told to somebody out of sight. */
  readonly unread: readonly TSESTree.Node[];
}

export function exitsOfChild(child: Child, uses: ChildUses, slots: Slots, code: FileCode): Exits {
  const reader = new ExitWaits(code, slots);
  const promises: TSESTree.Node[] = [];
  const unread: TSESTree.Node[] = [];
  const add = (promise: TSESTree.Node, bounded: Fact): void => {
    promises.push(promise);
    reader.follow(promise, { promise, bounded });
  };
  for (const promise of uses.promises) add(promise, promise.type === 'CallExpression' && promise.arguments.length > 2 ? 'unknown' : 'no');
  for (const { node, event, handler } of [...uses.listeners, ...callbacksOf(child, code)]) {
    if (!EXIT_EVENTS.has(event) && event !== undefined) continue;
    const executors = executorsAround(node, code);
    const settled = executors.filter(({ settlers }) => maySettle(handler, settlers.slice(0, 1), code));
    for (const executor of settled) add(executor.promise, limitInside(executor, code));
    const isRejection = executors.some(({ settlers }) => maySettle(handler, settlers.slice(1), code));
    if (settled.length === 0 && !isRejection && tellsOthers(handler, code)) unread.push(handler);
  }
  return { waits: reader.waits, promises, unread: [...unread, ...reader.unread] };
}

/** `exec(command, (error, stdout) => …)`: what it is called with at the exit. */
function callbacksOf({ spawns }: Child, code: FileCode): Listener[] {
  return spawns.flatMap((node) => {
    const handler = node.arguments.at(-1);
    return handler !== undefined && functionFor(handler, code) !== undefined ? [{ node, event: 'exit', handler }] : [];
  });
}

/** Whether a timer inside settles a promise although the exit does not come. */
function limitInside({ promise, settlers }: Executor, code: FileCode): Fact {
  const limits = code.nodes.flatMap((node): Fact[] => {
    const name = node.type === 'CallExpression' && contains(promise, node) ? calleeName(node) : undefined;
    if (node.type !== 'CallExpression' || name === undefined || name === 'clearTimeout' || !/deadline|timeout/i.test(name)) return [];
    const callback = name === 'setTimeout' ? node.arguments[0] : undefined;
    if (callback !== undefined && maySettle(callback, settlers, code)) return ['yes'];
    return [callback === undefined || functionFor(callback, code) === undefined ? 'unknown' : 'no'];
  });
  return limits.find((limit) => limit === 'yes') ?? limits.find((limit) => limit === 'unknown') ?? 'no';
}
