import { latchShutdownSignals } from '../edits/latch-shutdown-signals.ts';
import { calleeText } from '../model/ast/callee-text.ts';
import { lineOf } from '../model/line-of.ts';
import { signalHandlersOf } from '../model/read-signals.ts';
import type { LatchGap, SignalGap, SignalHandler } from '../model/signals/signal.ts';
import type { Source } from '../model/source.ts';
import { defineRule } from './define-rule.ts';

interface Options {
  /** Which shutdowns to report. */
  readonly report: 'every' | 'hazards';
}

const DEFAULTS: Options = { report: 'hazards' };

const MESSAGES = {
  noLatch: '{{signals}} begins this again: while the first run waits at line {{wait}}, the second calls `{{work}}` once more. Set a flag before the first `await`, and return where it is set.',
  perSignal: '`once` counts each signal by itself: {{signals}} runs `{{work}}` at line {{line}} twice. Use `on`, and a flag that is set before the first `await`.',
  lateLatch: 'This comes after an `await`: a second signal in between passes the test at line {{test}} and calls `{{work}}` at line {{line}} again. Set it right after the test.',
  exitsEarly: '`process.exit()` ends the process while `{{work}}` at line {{line}} still goes on. Await that first.',
  exitsSecond: 'A second signal is turned away at line {{test}} and comes here at once: the process ends while the first still waits at line {{wait}}. Test the flag in the handler, or let the second wait for the promise of the first.',
  latch: 'Let the shutdown run once, and to its end.',
  twoRegistries: 'Line {{other}} handles this signal too. `process.exit()` here does not wait for `{{work}}` at line {{line}}. Let one handler do both.',
};

type MessageId = keyof typeof MESSAGES;

const MESSAGE_OF: Readonly<Record<LatchGap, MessageId>> = {
  'no-latch': 'noLatch',
  'per-signal': 'perSignal',
  'late-latch': 'lateLatch',
  'exits-early': 'exitsEarly',
  'exits-second': 'exitsSecond',
  'two-registries': 'twoRegistries',
};

export default defineRule({
  name: 'require-shutdown-latch',
  meta: {
    type: 'problem',
    hasSuggestions: true,
    docs: {
      description: 'Require a shutdown that signals begin to run once and to the end',
      presets: { recommended: {}, strict: { report: 'every' } },
    },
    schema: [
      {
        type: 'object',
        properties: {
          report: {
            description: 'Which shutdowns to report: `hazards`, those that surely run twice or are cut off; `every`, also those whose one step is in another file and may bear a second call.',
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
  looksAt: 'signals',
  *findings({ source, options }) {
    for (const handler of signalHandlersOf(source.program)) {
      const { gap, owner } = handler;
      if (gap === undefined || (!gap.isSure && options.report !== 'every')) continue;
      const mend = { messageId: 'latch', plan: () => latchShutdownSignals([handler], source) } as const;
      yield { node: gap.node, service: owner, messageId: MESSAGE_OF[gap.kind], data: dataOf(gap, handler, source), mend };
    }
  },
});

function dataOf({ wait, work, test, other }: SignalGap, { signals }: SignalHandler, source: Source): Readonly<Record<string, number | string>> {
  const line = lineOf(source, work);
  return {
    signals: signals.slice(0, 2).join(' and then '),
    work: calleeText(work),
    line,
    wait: lineOf(source, wait),
    test: test === undefined ? line : lineOf(source, test),
    other: other === undefined ? line : lineOf(source, other),
  };
}
