import type { TSESTree } from '@typescript-eslint/utils';
import { releaseLocalTimers, releaseTimers } from '../edits/release-timers.ts';
import { lineOf } from '../model/line-of.ts';
import { localTimersOf } from '../model/ledger/local-timers.ts';
import type { Timer } from '../model/ledger/ledger.ts';
import { type TimerGap, timerGapsOf } from '../model/ledger/timer-gaps.ts';
import type { Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { defineRule } from './define-rule.ts';
import type { Finding } from './finding.ts';

interface Options {
  /** Which timers to report. */
  readonly report: 'every' | 'hazards';
}

const DEFAULTS: Options = { report: 'hazards' };

const MESSAGES = {
  unreleased: '`{{stop}}()` never clears this timer{{where}}: it fires on after `{{service}}` has stopped. Keep its handle in a field and clear that in `{{stop}}()`.',
  rearmed: '{{from}} can set `this.{{field}}` while the timer still runs. Its handle is then lost: both fire, and `{{stop}}()` clears only the last. Clear it before it is set.',
  revived: 'A `{{stop}}()` during line {{wait}} clears a timer that has fired already, and the next one is set here behind its back: `{{service}}` runs on. Ask after the await whether it has been stopped.',
  stranded: 'When `{{stop}}()` clears this timer at line {{clear}}, nothing settles the promise any more: whoever awaits it waits for ever. Settle it there too.',
  skipped: 'If line {{step}} fails, `{{stop}}()` does not come to line {{clear}} and this timer is never cleared. Clear it first thing in `{{stop}}()`.',
  keepsAlive: 'This interval keeps the process alive by itself, although it only keeps something else alive. Call `unref()` on it.',
  notInFinally: 'If line {{gap}} throws, line {{clear}} is skipped and this interval fires for ever. Clear it in a `finally`.',
  notOnEveryPath: 'Line {{gap}} settles the promise without clearing this timer, as line {{clear}} does: it holds up the exit of the process until its time is up. Clear it there too.',
  release: 'Release the timer.',
};

type MessageId = keyof typeof MESSAGES;

export default defineRule({
  name: 'require-timer-release',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require every timer to be cleared, on every path and before it is set again',
      presets: { recommended: {}, strict: { report: 'every' } },
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          report: {
            description: 'Which timers to report: `hazards`, those that fire after stop or are lost; `every`, also those that only an error would leave, and keep-alives without `unref()`.',
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
  looksAt: 'timers',
  *findings({ services, source, options }) {
    const isEvery = options.report === 'every';
    for (const service of services) {
      for (const timer of service.ledger.timers) yield* findingsOf(timer, service, source, isEvery);
    }
    for (const timer of localTimersOf(source.program)) {
      const { kind, node, fn, gap, clear } = timer;
      const owner = services.find(({ node: { range } }) => range[0] <= node.range[0] && node.range[1] <= range[1])?.name;
      const name = fn.type !== 'ArrowFunctionExpression' && fn.id !== null ? fn.id.name : '(anonymous function)';
      const data = { gap: lineOf(source, gap), clear: lineOf(source, clear) };
      yield { node, service: owner ?? name, messageId: kind === 'interval' ? 'notInFinally' : 'notOnEveryPath', data, mend: { messageId: 'release', plan: () => releaseLocalTimers([timer], source) } };
    }
  },
});

function* findingsOf(timer: Timer, service: Service, source: Source, isEvery: boolean): Generator<Finding<MessageId>> {
  const { keep, node, rearmed, revived, strands, obstacle, releases } = timer;
  const where = keep.in === 'field' || keep.in === 'collection' || keep.in === 'property' ? ` in \`this.${keep.name}\`` : '';
  const line = (at: TSESTree.Node | undefined): number => lineOf(source, at ?? node);
  const clear = line(releases.find(({ isInStop }) => isInStop)?.node);
  const data = { service: service.name, stop: service.stop.main.name, field: 'name' in keep ? keep.name : '' };
  const about: Readonly<Record<TimerGap, Readonly<Record<string, number | string>>>> = {
    unreleased: { ...data, where },
    rearmed: { ...data, from: capitalised(rearmed?.from ?? '') },
    revived: { ...data, wait: line(revived?.wait) },
    stranded: { ...data, clear: line(strands) },
    skipped: { ...data, step: line(obstacle?.node), clear },
    keepsAlive: data,
  };
  const mend = { messageId: 'release', plan: () => releaseTimers(service, source, [timer]) } as const;
  for (const gap of timerGapsOf(timer, isEvery)) yield { node, service: service.name, messageId: gap, data: about[gap], mend };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
