import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { isLogging } from '../ast/is-logging.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import { executorOf } from '../drains/executor.ts';

/**
 * Whether a promise rejects when a time is up that its executor has set, which then does nothing else, so that what is under way goes on:
 * `new Promise((resolve, reject) => { setTimeout(() => reject(new Error('timeout')), ms); … })`.
 */
export function hasBareDeadline(node: TSESTree.Node): boolean {
  const executor = executorOf(node);
  const reject = executor?.params[1];
  if (executor === undefined || reject?.type !== 'Identifier') return false;
  return someBelow(executor.body, (below) => below.type === 'CallExpression' && calleeName(below) === 'setTimeout' && onlyRejects(below.arguments[0], reject.name));
}

function onlyRejects(callback: TSESTree.Node | undefined, reject: string): boolean {
  const fn = callback === undefined ? undefined : unwrap(callback);
  if (fn?.type === 'Identifier') return fn.name === reject;
  if (fn === undefined || !isFunction(fn)) return false;
  const isReject = (node: TSESTree.Node): boolean => node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === reject;
  const acts = (node: TSESTree.Node): boolean => {
    if (node.type === 'AssignmentExpression' || node.type === 'IfStatement') return true;
    return node.type === 'CallExpression' && !isReject(node) && !isLogging(node) && calleeName(node) !== 'clearTimeout';
  };
  return someBelow(fn.body, isReject) && !someBelow(fn.body, acts);
}
