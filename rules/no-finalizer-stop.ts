import { lineOf } from '../model/line-of.ts';
import type { Finalizer } from '../model/ownership/finalizer.ts';
import { finalizersOf } from '../model/read-finalizers.ts';
import { defineRule } from './define-rule.ts';

interface Options {
  /** Which finalizers to report. */
  readonly report: 'every' | 'hazards';
}

const DEFAULTS: Options = { report: 'hazards' };

const MESSAGES = {
  collected:
    'Nobody can count on `{{text}}`: the garbage collector may run late or never, and nothing waits for the stop or sees it fail. Stop it where its owner ends, and let this at most warn.',
  cut: 'The process ends as soon as its `exit` listeners have returned: nothing waits for `{{text}}`. Await it before the process exits: in a signal handler, or at the end of main.',
  lost: 'The process ends as soon as its `exit` listeners have returned: nothing waits for `{{text}}`, and line {{lost}} is not run after it. Do this before the process exits: in a signal handler, or at the end of main.',
  late: 'The process ends as soon as its `exit` listeners have returned: `{{text}}` never fires. Do this before the process exits, or synchronously.',
};

export default defineRule({
  name: 'no-finalizer-stop',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow leaving a stop to the garbage collector or to an `exit` listener that cannot wait for it',
      presets: { recommended: {}, strict: { report: 'every' } },
    },
    schema: [
      {
        type: 'object',
        properties: {
          report: {
            description:
              'Which finalizers to report: `hazards`, those that surely stop something asynchronously and are its only stop in the file; `every`, also last resorts and calls that may be over at once.',
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
  looksAt: 'finalizers',
  *findings({ source, options }) {
    for (const finalizer of finalizersOf(source.program)) {
      if (options.report !== 'every' && (!finalizer.isSure || finalizer.isBackstop)) continue;
      const { lost, node, owner, text } = finalizer;
      yield { node, service: owner, messageId: messageOf(finalizer), data: { text, lost: lineOf(source, lost ?? node) } };
    }
  },
});

function messageOf({ kind, lost }: Finalizer): keyof typeof MESSAGES {
  if (kind !== 'exit') return kind;
  return lost === undefined ? 'cut' : 'lost';
}
