import type { Change, Outcome } from '../edits/outcome.ts';
import { testExitCode } from '../edits/test-exit-code.ts';
import { lineOf } from '../model/line-of.ts';
import { killsOf } from '../model/read-kills.ts';
import { defineRule } from './define-rule.ts';

export default defineRule({
  name: 'no-dead-kill-escalation',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow escalating a kill only if `child.killed` is false, which it never is after the first signal',
      presets: { recommended: {}, strict: {} },
    },
    schema: [],
    messages: {
      dead: '`killed` is true as soon as line {{first}} has sent its signal, whether or not the child obeys: the {{signal}} of line {{line}} is never sent, and a child that hangs lives on. Test `exitCode` and `signalCode` instead.',
    },
    fixable: 'code',
  },
  defaultOptions: [],
  looksAt: 'kills',
  *findings({ source }) {
    for (const dead of killsOf(source.program).dead) {
      const { node, first, escalation, owner } = dead;
      const data = { first: lineOf(source, first), line: lineOf(source, escalation), signal: dead.signal };
      yield {
        node,
        service: owner,
        messageId: 'dead',
        data,
        mend: { messageId: 'dead', plan: () => planOf(testExitCode(dead, source)) },
      };
    }
  },
});

function planOf(changes: readonly Change[]): Outcome | undefined {
  return changes.length === 0 ? undefined : { kind: 'edit', changes, safety: 'safe', added: 'live kill escalation', needs: [] };
}
