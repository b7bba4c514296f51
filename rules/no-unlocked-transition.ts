import { lineOf } from '../model/line-of.ts';
import { managesItself } from '../model/manages-itself.ts';
import type { Service, Transition, TransitionHazard } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { defineRule } from './define-rule.ts';

interface Options {
  /** Which transitions to report: those that can collide, or all that do not hold the lock. */
  readonly where: 'every-transition' | 'races';
}

const DEFAULTS: Options = { where: 'races' };

const HAZARDS = {
  'stop-during':
    '`{{stop}}()` can run while {{from}} waits on line {{wait}}: line {{effect}} then sets `{{field}}` after `{{stop}}()` has dealt with it, and the service goes on although it was stopped. {{remedy}}',
  'late-guard':
    'While {{from}} waits on line {{wait}}, a second call passes the test of `{{field}}` on line {{check}} too, because it is set only on line {{effect}}. {{remedy}}',
  'start-during':
    '`{{start}}()` can run while {{from}} waits on line {{wait}}, because line {{check}} has already let it in: line {{effect}} then undoes what the new `{{start}}()` made. {{remedy}}',
  'double-release':
    'While {{from}} waits on line {{wait}}, `{{stop}}()` or a second call releases `{{field}}` again, because it is dropped only on line {{effect}}. {{remedy}}',
  stale:
    '`{{stop}}()` and a new `{{start}}()` can run while {{from}} waits on line {{wait}}, after its test on line {{check}}: line {{effect}} then undoes `{{field}}` of the new run. {{remedy}}',
  'under-use':
    'While {{during}} waits on line {{wait}}, the timer of an earlier call can fire: {{from}} then ends `{{field}}` on line {{effect}} in the middle of it. {{remedy}}',
} as const satisfies Record<TransitionHazard, string>;

export default defineRule({
  name: 'no-unlocked-transition',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow changing outside start and stop whether a service runs without holding its lifecycle lock',
      presets: { recommended: {}, strict: { where: 'every-transition' } },
    },
    schema: [
      {
        type: 'object',
        properties: {
          where: {
            description:
              'Which transitions to report: `races`, only those that can collide with start, stop or themselves; `every-transition`, all that do not hold the lock.',
            type: 'string',
            enum: ['races', 'every-transition'],
          },
        },
        additionalProperties: false,
      },
    ],
    messages: {
      ...HAZARDS,
      unlocked:
        '`{{start}}()` and `{{stop}}()` hold `{{lock}}`, but {{from}} changes `{{field}}` on line {{effect}} without it and waits on line {{wait}}: either can run meanwhile. {{remedy}}',
      unheld: 'Line {{effect}} changes `{{field}}` in {{from}} without a lifecycle lock: `{{start}}()` or `{{stop}}()` can be in the middle of its work. {{remedy}}',
    },
  },
  defaultOptions: [DEFAULTS],
  *findings({ services, source, options }) {
    for (const service of services) {
      if (!managesItself(service)) continue;
      const told = new Set<unknown>();
      for (const transition of service.transitions.toSorted(byHazard)) {
        const messageId = messageOf(transition, service, options.where);
        // What is changed after one await is one fault.
        const place = transition.gap?.wait ?? `${transition.from} ${transition.field}`;
        if (messageId === undefined || told.has(place)) continue;
        told.add(place);
        yield { node: transition.node, service: service.name, messageId, data: dataOf(transition, service, source) };
      }
    }
  },
});

function byHazard(one: Transition, other: Transition): number {
  return Number(one.hazard === undefined) - Number(other.hazard === undefined);
}

function messageOf({ held, hazard, gap }: Transition, { lock }: Service, where: Options['where']): TransitionHazard | 'unheld' | 'unlocked' | undefined {
  if (held !== 'no') return undefined;
  if (hazard !== undefined) return hazard;
  // Whoever keeps start and stop apart by a lock wants every other change that waits kept apart as well.
  if (gap !== undefined && lock.start === 'yes' && lock.stop === 'yes') return 'unlocked';
  return where === 'every-transition' ? 'unheld' : undefined;
}

function dataOf(transition: Transition, { name, start, stop, lock }: Service, source: Source): Record<string, number | string> {
  const { node, from, field, gap, during, hazard } = transition;
  const sides = { start: start.main.name, stop: stop.main.name };
  return {
    ...sides,
    service: name,
    field: `this.${field}`,
    from,
    during: during ?? '',
    check: gap?.check === undefined ? '' : lineOf(source, gap.check),
    wait: gap === undefined ? '' : lineOf(source, gap.wait),
    effect: lineOf(source, node),
    lock: `this.${lock.lifecycle?.key ?? ''}`,
    remedy: remedyOf(transition, lock, sides, hazard),
  };
}

function remedyOf({ mayHoldLock, gap }: Transition, { lifecycle }: Service['lock'], { start, stop }: Record<'start' | 'stop', string>, hazard?: TransitionHazard): string {
  if (hazard === 'under-use') return 'Let it look first whether anybody is at work, under a lock or by a count or an epoch.';
  const lock = lifecycle === undefined ? `one lifecycle lock over this, \`${start}()\` and \`${stop}()\`` : `\`this.${lifecycle.key}\` over it`;
  const act = mayHoldLock ? `Hold ${lock}` : `Leave that to \`${start}()\` or \`${stop}()\``;
  if (hazard === 'double-release') return `${act}, or take the handle out of the field before you release it.`;
  return gap === undefined ? `${act}.` : `${act}, or test again after the await whether it is still wanted.`;
}
