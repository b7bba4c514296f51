import { addAsyncDispose } from '../edits/add-async-dispose.ts';
import { managesItself } from '../model/manages-itself.ts';
import { defineRule } from './define-rule.ts';

interface Options {
  /** Whether to demand `[Symbol.asyncDispose]`, or only that what there is be sound. */
  readonly demand: 'present' | 'sound';
}

const DEFAULTS: Options = { demand: 'sound' };

export default defineRule({
  name: 'require-async-dispose',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require a service to be AsyncDisposable, and its dispose to be its stop',
      presets: { recommended: {}, strict: { demand: 'present' } },
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          demand: {
            description: 'What to demand: `sound`, that a dispose method really stops the service; `present`, also that there is one.',
            type: 'string',
            enum: ['sound', 'present'],
          },
        },
        additionalProperties: false,
      },
    ],
    messages: {
      missing: '`{{service}}` has no `[Symbol.asyncDispose]`, so `await using` cannot make sure that `{{stop}}()` is called.',
      notStop: '`[Symbol.asyncDispose]` of `{{service}}` does not call `{{stop}}()`: `await using` ends with the service still running.',
      syncDispose: '`[Symbol.dispose]` of `{{service}}` cannot wait for `{{stop}}()`: `using` ends while the service is still stopping. Make it `[Symbol.asyncDispose]`.',
      addDispose: 'Add a `[Symbol.asyncDispose]` that calls `{{stop}}()`.',
    },
  },
  defaultOptions: [DEFAULTS],
  *findings({ services, source, options }) {
    for (const service of services) {
      const { dispose, stop } = service;
      const data = { service: service.name, stop: stop.main.name };
      if (dispose.syncMethod !== undefined && dispose.hasAsync === 'no' && stop.main.isAsync) {
        yield { node: dispose.syncMethod.node.key, service: service.name, messageId: 'syncDispose', data };
      } else if (dispose.hasAsync === 'no' && options.demand === 'present' && managesItself(service)) {
        const mend = { messageId: 'addDispose', plan: () => addAsyncDispose(service, source) } as const;
        yield { node: service.node.id ?? stop.main.node.key, service: service.name, messageId: 'missing', data, mend };
      } else if (dispose.asyncMethod !== undefined && dispose.reachesStop === 'no') {
        yield { node: dispose.asyncMethod.node.key, service: service.name, messageId: 'notStop', data };
      }
    }
  },
});
