import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { calleeText } from '../ast/callee-text.ts';
import { isLogging } from '../ast/is-logging.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import { CHAINS } from '../flow/callee-names.ts';
import { executorOf } from './executor.ts';
import { endsWork } from './names.ts';

/** What stop waits for, in a few words: `this.server.close(…)` also for a promise that is made of its callback. */
export function nameOfWork(node: TSESTree.Node): string {
  const inner = unwrap(node.type === 'ForOfStatement' ? node.right : node);
  const fn = executorOf(inner);
  if (fn !== undefined) return calleeText(callIn(fn.body) ?? inner);
  const callee = inner.type === 'CallExpression' ? unwrap(inner.callee) : undefined;
  if (inner.type === 'CallExpression' && callee?.type === 'MemberExpression' && CHAINS.has(calleeName(inner) ?? '')) return nameOfWork(callee.object);
  return calleeText(inner);
}

/** The call that ends the work, or else the one that listens for its end. */
function callIn(body: TSESTree.Node): TSESTree.Node | undefined {
  const calls: { readonly name: string; readonly node: TSESTree.Node }[] = [];
  someBelow(body, (node) => {
    if (node.type === 'CallExpression' && !isLogging(node)) calls.push({ name: calleeName(node) ?? '', node });
    return false;
  });
  const found = calls.find(({ name }) => endsWork(name)) ?? calls.find(({ name }) => /^(?:addEventListener|addListener|on|once)$/.test(name));
  return found?.node;
}
