import type { TSESTree } from '@typescript-eslint/utils';
import { releaseLocalTimers, releaseTimers } from '../edits/release-timers.ts';
import { lineOf } from '../model/line-of.ts';
import { localIntervalsOf } from '../model/ledger/local-intervals.ts';
import { isClearedThroughAnother } from '../model/ledger/is-cleared-through-another.ts';
import { localTimersOf } from '../model/ledger/local-timers.ts';
import type { Timer } from '../model/ledger/ledger.ts';
import { type TimerGap, timerGapsOf } from '../model/ledger/timer-gaps.ts';
import type { FunctionNode, Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { defineRule } from './define-rule.ts';
import type { Finding } from './finding.ts';

interface Options {
  /** Which timers to report. */
  readonly report: 'every' | 'hazards' | 'sure';
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
  forgotten: 'Nothing clears this interval: each call of `{{fn}}` leaves one more, which fires for ever after its work is over. Clear it in a `finally`, or when the connection has ended.',
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
      presets: { recommended: { report: 'sure' }, strict: { report: 'every' } },
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          report: {
            description: 'Which timers to report: `sure`, only those that a stop leaves firing again and again; `hazards`, those that fire after stop or are lost; `every`, also those that only an error would leave, and keep-alives without `unref()`.',
            type: 'string',
            enum: ['sure', 'hazards', 'every'],
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
    for (const service of services) {
      for (const timer of service.ledger.timers) yield* findingsOf(timer, service, source, options.report);
    }
    if (options.report === 'sure') return;
    for (const timer of localTimersOf(source.program)) {
      const { kind, node, fn, gap, clear } = timer;
      const owner = services.find(({ node: { range } }) => range[0] <= node.range[0] && node.range[1] <= range[1])?.name;
      const name = nameOf(fn);
      const data = { gap: lineOf(source, gap), clear: lineOf(source, clear) };
      yield { node, service: owner ?? name, messageId: kind === 'interval' ? 'notInFinally' : 'notOnEveryPath', data, mend: { messageId: 'release', plan: () => releaseLocalTimers([timer], source) } };
    }
    const known = new Set(services.flatMap((service) => service.ledger.timers.flatMap((timer) => (timerGapsOf(timer, true).length > 0 ? [timer.node] : []))));
    for (const interval of options.report === 'every' ? localIntervalsOf(source.program) : []) {
      const { node, fn, gap } = interval;
      const mend = gap === 'keepsAlive' ? { mend: { messageId: 'release', plan: () => releaseLocalTimers([], source, [interval]) } as const } : {};
      if (!known.has(node)) yield { node, service: nameOf(fn), messageId: gap, data: { fn: nameOf(fn) }, ...mend };
    }
  },
});

function nameOf(fn: FunctionNode): string {
  return fn.type !== 'ArrowFunctionExpression' && fn.id !== null ? fn.id.name : '(anonymous function)';
}

function* findingsOf(timer: Timer, service: Service, source: Source, report: Options['report']): Generator<Finding<MessageId>> {
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
  for (const gap of timerGapsOf(timer, report === 'every')) {
    if (report === 'sure' && !isSure(gap, timer, service)) continue;
    yield { node, service: service.name, messageId: gap, data: about[gap], mend };
  }
}

/** One timeout that still fires does little; so does one that holds nothing up, and one that may be cleared through another name. */
function isSure(gap: TimerGap, { isRecurring, unrefed, keep }: Timer, { node }: Service): boolean {
  if (gap === 'revived') return true;
  return gap === 'unreleased' && isRecurring && unrefed !== 'yes' && !('name' in keep && isClearedThroughAnother(keep.name, node));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
