import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../../model/ast/unwrap.ts';
import { timerName } from '../../model/ledger/is-timer-call.ts';
import type { Source } from '../../model/source.ts';

/** What clears the timer that a call sets, without the handle: `clearInterval`, `window.clearTimeout`. */
export function clearCall(node: TSESTree.CallExpression, { text }: Source): string {
  const callee = unwrap(node.callee);
  const owner = callee.type === 'MemberExpression' ? `${text.slice(...callee.object.range)}.` : '';
  return `${owner}${(timerName(node) ?? '').replace('set', 'clear')}`;
}
