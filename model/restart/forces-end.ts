import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { someBelow } from '../ast/some-below.ts';

const FORCE = /^(?:abort|cancel|closeAllConnections|destroy|exit$|force|hard|kill|sigkill|terminate)/i;

/** Whether a call ends the work that hangs, so that nothing is left of it: `child.kill('SIGKILL')`, `socket.destroy()`, `process.exit(1)`. */
export function forcesEnd(node: TSESTree.Node): boolean {
  return node.type === 'CallExpression' && FORCE.test((calleeName(node) ?? '').replace(/^[#_]+/, ''));
}

/** Whether a method has a handler of errors that does so, for whichever of its promises. */
export function forcesEndOnError(method: TSESTree.Node): boolean {
  return someBelow(method, (node) => {
    const isHandler = node.type === 'CatchClause' || (node.type === 'CallExpression' && calleeName(node) === 'catch');
    const handlers: readonly TSESTree.Node[] = !isHandler ? [] : node.type === 'CatchClause' ? [node.body] : node.arguments;
    return handlers.some((handler) => someBelow(handler, forcesEnd));
  });
}
