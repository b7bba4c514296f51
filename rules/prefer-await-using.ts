import { calleeText } from '../model/ast/callee-text.ts';
import { lineOf } from '../model/line-of.ts';
import type { StartedHere } from '../model/ownership/started-here.ts';
import { startedHereOf } from '../model/read-call-sites.ts';
import { defineRule } from './define-rule.ts';

interface Options {
  /** Which call sites to report. */
  readonly report: 'every' | 'hazards';
}

const DEFAULTS: Options = { report: 'hazards' };

/** A failure there ends the test, and with it most often the process. */
const IN_TESTS = /\.(?:spec|test)\.[cm]?[jt]sx?$|(?:^|[/\\])(?:__tests__|e2e|tests?)[/\\]/;

export default defineRule({
  name: 'prefer-await-using',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Prefer `await using` where a function starts and stops something itself, so that nothing skips the stop',
      presets: { recommended: {}, strict: { report: 'every' } },
    },
    schema: [
      {
        type: 'object',
        properties: {
          report: {
            description:
              'Which call sites to report: `hazards`, those where an error or a return leaves it running in a process that goes on; `every`, also in scripts and tests, and stops by hand in a `finally`.',
            type: 'string',
            enum: ['hazards', 'every'],
          },
        },
        additionalProperties: false,
      },
    ],
    messages: {
      skipped: 'If control leaves at line {{fails}}, `{{stop}}` at line {{line}} is skipped and `{{variable}}` runs on. Declare it with `await using`, or stop it in a `finally`.',
      lateTry: 'If line {{fails}} fails, the `try` is never entered, `{{stop}}` at line {{line}} is skipped and `{{variable}}` runs on. Declare it with `await using`, or enter the `try` right after the start.',
      inTurn: 'If `{{other}}` at line {{fails}} fails, `{{stop}}` is skipped and `{{variable}}` runs on. Declare both with `await using`: each is stopped, whatever the other does.',
      byHand: '`{{variable}}` is declared outside its `try` only to be stopped here. Declare it with `await using`, or give it to an `AsyncDisposableStack`.',
    },
  },
  defaultOptions: [DEFAULTS],
  looksAt: 'starts',
  *findings({ source, options }) {
    if (options.report !== 'every' && IN_TESTS.test(source.fileName)) return;
    for (const found of startedHereOf(source.program)) {
      if (options.report !== 'every' && !found.runsOn) continue;
      const { fails, node, owner, stop, variable } = found;
      const data = { variable, stop: calleeText(stop), line: lineOf(source, stop), fails: lineOf(source, fails ?? node), other: calleeText(fails ?? node) };
      yield { node, service: owner, messageId: MESSAGE[found.kind], data };
    }
  },
});

const MESSAGE = { skipped: 'skipped', 'late-try': 'lateTry', 'in-turn': 'inTurn', 'by-hand': 'byHand' } as const satisfies Record<StartedHere['kind'], string>;
