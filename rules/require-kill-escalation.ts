import { lineOf } from '../model/line-of.ts';
import type { Kill } from '../model/kills/kill.ts';
import { killsOf } from '../model/read-kills.ts';
import type { Source } from '../model/source.ts';
import { defineRule } from './define-rule.ts';
import type { Finding } from './finding.ts';

interface Options {
  /** Which kills to report. */
  readonly report: 'every' | 'hazards';
}

const DEFAULTS: Options = { report: 'hazards' };

const MESSAGES = {
  abandoned: '`{{name}}` gets {{signal}}, and `{{owner}}` goes on as if it were gone: a child that ignores the signal lives on, and one that obeys may still be alive when the next is started. Wait for its `exit` with a deadline, then send SIGKILL.',
  notAwaited: 'Nobody waits for `{{name}}` to exit after this {{signal}}: it may still be alive when `{{owner}}` is done. Await its `exit`.',
  noDeadline: 'This waits for ever if `{{name}}` ignores the {{signal}} of line {{line}}. Wait with a deadline, then send SIGKILL and await the `exit`.',
  noEscalation: 'If `{{name}}` has not obeyed the {{signal}} of line {{line}} when this wait is over, it is left alive. Send it SIGKILL then, and await the `exit`.',
  lateListener: 'An exit between the {{signal}} of line {{line}} and here is missed: this then waits for what has happened already. Take the promise of the `exit` before the signal is sent.',
  unawaitedKill: 'Nobody waits for `{{name}}` to exit after this SIGKILL: it may still be alive when `{{owner}}` is done. Await its `exit`.',
};

type MessageId = keyof typeof MESSAGES;

export default defineRule({
  name: 'require-kill-escalation',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a child process to be ended by SIGTERM, a wait with a deadline and SIGKILL, and its exit to be awaited',
      presets: { recommended: {}, strict: { report: 'every' } },
    },
    schema: [
      {
        type: 'object',
        properties: {
          report: {
            description: 'Which kills to report: `hazards`, those of a teardown which leave the child alive or wait for ever if it does not obey; `every`, all that fall short of signal, deadline, SIGKILL and awaited exit.',
            type: 'string',
            enum: ['hazards', 'every'],
          },
        },
        additionalProperties: false,
      },
    ],
    messages: MESSAGES,
  },
  defaultOptions: [DEFAULTS],
  looksAt: 'kills',
  *findings({ source, options }) {
    for (const kill of killsOf(source.program).kills) {
      if (kill.isHazard || options.report === 'every') yield* findingOf(kill, source);
    }
  },
});

function* findingOf(kill: Kill, source: Source): Generator<Finding<MessageId>> {
  const { gap, name, owner, signal } = kill;
  const messageId = gap === undefined ? undefined : messageOf(gap.kind, kill);
  if (gap === undefined || messageId === undefined) return;
  const data = { name, owner, signal: signal ?? 'signal', line: lineOf(source, kill.node) };
  yield { node: gap.node, service: owner, messageId, data };
}

/** What `no-dead-kill-escalation` reports is not reported twice. */
function messageOf(kind: NonNullable<Kill['gap']>['kind'], { isHazard }: Kill): MessageId | undefined {
  switch (kind) {
    case 'not-awaited':
      return isHazard ? 'abandoned' : 'notAwaited';
    case 'no-deadline':
      return 'noDeadline';
    case 'no-escalation':
      return 'noEscalation';
    case 'late-listener':
      return 'lateListener';
    case 'unawaited-escalation':
      return 'unawaitedKill';
    case 'dead-escalation':
      return undefined;
  }
}
