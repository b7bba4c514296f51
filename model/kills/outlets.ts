import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { isLogging } from '../ast/is-logging.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { calledFunction, functionFor } from './called.ts';
import type { FileCode } from './file-code.ts';

/** Calls that settle nothing but a failure, and wake nobody. */
const HARMLESS = new Set(
  [
    'add clear clearImmediate clearInterval clearTimeout delete destroy end entries every filter find forEach get has includes join keys kill map max min now off on once push',
    'reject removeAllListeners removeEventListener removeListener set setInterval setTimeout slice some split spawn fork stringify toISOString toString trim unref values write',
    'Boolean Number String',
  ].flatMap((names) => names.split(' ')),
);
const MAX_DEPTH = 3;

/** Whether what a callback does can tell somebody out of sight that it ran: it calls something that is not in the file. */
export function tellsOthers(callback: TSESTree.Node, code: FileCode, depth = 0): boolean {
  const fn = functionFor(callback, code);
  if (fn === undefined || depth > MAX_DEPTH) return true;
  let found = false;
  visit(fn.body, (node) => {
    if (node.type === 'CallExpression' && !isLogging(node) && !isFunction(unwrap(node.callee))) {
      const called = calledFunction(node, code);
      found ||= called === undefined ? !HARMLESS.has(calleeName(node) ?? '') : called !== fn && tellsOthers(called, code, depth + 1);
    }
    return found ? 'skip' : undefined;
  });
  return found;
}
