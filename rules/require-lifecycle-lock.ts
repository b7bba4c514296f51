import { addLifecycleLock } from '../edits/add-lifecycle-lock.ts';
import type { Service } from '../model/service.ts';
import { defineRule } from './define-rule.ts';
import { managesItself } from '../model/manages-itself.ts';
import { RACE_MESSAGES, raceData } from './race-message.ts';

interface Options {
  /** Where to demand a lock: where calls can collide, or in every service. */
  readonly where: 'every-service' | 'races';
}

const DEFAULTS: Options = { where: 'races' };

export default defineRule({
  name: 'require-lifecycle-lock',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a service to hold one lifecycle lock while it starts and while it stops',
      presets: { recommended: {}, strict: { where: 'every-service' } },
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          where: {
            description: 'Where to demand a lock: `races`, only where the code lets two calls collide; `every-service`, wherever two calls could.',
            type: 'string',
            enum: ['races', 'every-service'],
          },
        },
        additionalProperties: false,
      },
    ],
    messages: {
      ...RACE_MESSAGES,
      missing: '`{{service}}` has no lifecycle lock: nothing keeps `{{start}}()` and `{{stop}}()` apart. {{remedy}}',
      addLock: 'Hold one lifecycle lock over `{{start}}()` and `{{stop}}()`.',
    },
  },
  defaultOptions: [DEFAULTS],
  *findings({ services, source, options }) {
    for (const service of services) {
      if (!managesItself(service) || !hasNoLock(service)) continue;
      const [race] = service.races;
      if (race === undefined && (options.where === 'races' || !service.start.main.isAsync)) continue;
      const { start, stop } = service;
      const hold = `Hold one lifecycle lock over \`${start.main.name}()\` and \`${stop.main.name}()\``;
      // A lock alone only puts the second start after the first.
      const remedy = race?.kind === 'no-guard' ? `${hold}, and return early under it where the service already runs.` : `${hold}.`;
      yield {
        node: start.main.node.key,
        service: service.name,
        messageId: race?.kind ?? 'missing',
        data: race === undefined ? { service: service.name, start: start.main.name, stop: stop.main.name, remedy } : raceData(service, race, source, remedy),
        mend: { messageId: 'addLock', plan: () => addLifecycleLock(service, source) },
      };
    }
  },
});

/** One side that surely holds none is enough. A lock that falls short is the matter of no-partial-lifecycle-lock. */
function hasNoLock({ lock }: Service): boolean {
  const { start, stop } = lock;
  return lock.lifecycle === undefined && lock.decorators.length === 0 && start !== 'yes' && stop !== 'yes' && (start === 'no' || stop === 'no');
}
