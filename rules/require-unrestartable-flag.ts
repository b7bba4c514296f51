import { addUnrestartableFlag } from '../edits/add-unrestartable-flag.ts';
import { lineOf } from '../model/line-of.ts';
import { managesItself } from '../model/manages-itself.ts';
import type { RestartGap } from '../model/restart/restart-facts.ts';
import { defineRule } from './define-rule.ts';

interface Options {
  /** When a service has to refuse to be started again. */
  readonly restart: 'always' | 'never' | 'until-timeout';
}

const DEFAULTS: Options = { restart: 'until-timeout' };

const MESSAGES = {
  'no-flag': 'noFlag',
  swallowed: 'swallowed',
  untested: 'untested',
  'tested-late': 'testedLate',
  'set-always': 'setAlways',
  cleared: 'cleared',
} as const satisfies Record<RestartGap, string>;

export default defineRule({
  name: 'require-unrestartable-flag',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a service whose stop timed out to refuse to start again',
      presets: { recommended: {}, strict: {} },
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          restart: {
            description:
              'When a service may be started again: `until-timeout`, after every stop but one that timed out; `never`, after no stop; `always`, after every stop.',
            type: 'string',
            enum: ['until-timeout', 'never', 'always'],
          },
        },
        additionalProperties: false,
      },
    ],
    messages: {
      noFlag:
        'If the deadline in `{{stop}}()` runs out here, the work is still alive, and the next `{{start}}()` (line {{startLine}}) starts `{{service}}` a second time beside it. Set a flag on a timeout, and let `{{start}}()` test it first and throw.',
      swallowed:
        'The timeout of a drain ends here: `{{stop}}()` goes on as if the work had ended, and the next `{{start}}()` starts `{{service}}` a second time beside it. Set a flag that `{{start}}()` tests first, and throw the timeout on.',
      untested:
        '`{{flag}}` is set when `{{stop}}()` times out, but `{{start}}()` (line {{startLine}}) goes ahead all the same, beside the work that hangs. Test it first in `{{start}}()`, and throw.',
      testedLate:
        '`{{start}}()` looks at `{{flag}}` too late: until then it has waited, and done things that nobody undoes, or a `{{stop}}()` that is just timing out sets it after this test. Test it first, under the lock if there is one.',
      setAlways:
        '`{{flag}}` is set by every error, not only by a timeout: work that fails has ended, and yet `{{service}}` can never be started again. Set it only if the error is that of the deadline.',
      cleared:
        '`{{flag}}` is taken back here although the work that made `{{stop}}()` time out may still be alive, so `{{start}}()` starts `{{service}}` a second time beside it. Once set it has to stay.',
      restartable: '`{{service}}` can be started again after `{{stop}}()`. Set a flag in `{{stop}}()` that `{{start}}()` tests first, and throw.',
      addFlag: 'Set a flag on a timeout, and test it first in `{{start}}()`.',
    },
  },
  defaultOptions: [DEFAULTS],
  *findings({ services, source, options: { restart } }) {
    if (restart === 'always') return;
    for (const service of services) {
      const { facts, start, stop } = service;
      if (!managesItself(service)) continue;
      const { gap, flag, isOneShot, refusedAfterTimeout } = service.restart;
      const names = { service: service.name, start: start.main.name, stop: stop.main.name };
      if (restart === 'never') {
        if (isOneShot === 'no') yield { node: start.main.node.key, service: facts.name, messageId: 'restartable', data: names };
      } else if (refusedAfterTimeout === 'no' && gap !== undefined) {
        const data = { ...names, flag: flag === undefined ? '' : `this.${flag}`, startLine: lineOf(source, start.main.node.key) };
        const mend = { messageId: 'addFlag', plan: () => addUnrestartableFlag(service, source) } as const;
        yield { node: gap.node, service: facts.name, messageId: MESSAGES[gap.kind], data, mend };
      }
    }
  },
});
