import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { isLogging } from '../../model/ast/is-logging.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { visit } from '../../model/ast/visit.ts';
import { wordsOf } from '../../model/ast/words-of.ts';
import type { FunctionNode } from '../../model/service.ts';
import { isExit } from '../../model/signals/is-exit.ts';

const BEGINS: ReadonlySet<string> = new Set(['boot', 'bootstrap', 'connect', 'fork', 'init', 'launch', 'listen', 'open', 'reconnect', 'reload', 'resume', 'restart', 'spawn', 'start']);

/** The call in a handler that starts something anew, where the process goes on after it: a reload, which is to run once for each signal. */
export function beginsAgain(fn: FunctionNode): TSESTree.CallExpression | undefined {
  if (someBelow(fn, isExit)) return undefined;
  let found: TSESTree.CallExpression | undefined;
  visit(fn, (node) => {
    if (node.type === 'CallExpression' && !isLogging(node) && wordsOf(calleeName(node) ?? '').some((word) => BEGINS.has(word))) found ??= node;
    return undefined;
  });
  return found;
}
