import { lineOf } from '../model/line-of.ts';
import { defineRule } from './define-rule.ts';

export default defineRule({
  name: 'no-lifecycle-lock-reentry',
  meta: {
    type: 'problem',
    docs: { description: 'Disallow waiting, under the lifecycle lock, for a method that takes the same lock', presets: { recommended: {}, strict: {} } },
    schema: [],
    messages: {
      reentry: '`{{method}}()` holds `{{lock}}` (line {{line}}) and waits here for `{{target}}()`, which waits for the same lock: both wait for ever. Call an unlocked half of `{{target}}()` instead.',
      reentryVia: '`{{method}}()` holds `{{lock}}` (line {{line}}) and waits here for `{{via}}()`, which comes to `{{target}}()` and so to the same lock: all wait for ever. Call an unlocked half of `{{target}}()` instead.',
    },
  },
  defaultOptions: [],
  *findings({ services, source }) {
    for (const service of services) {
      for (const { hold, node, via } of service.lock.reentries) {
        const target = via.at(-1) ?? '';
        const [first] = via.slice(1);
        yield {
          node,
          service: service.name,
          messageId: first === undefined || first === target ? 'reentry' : 'reentryVia',
          data: { service: service.name, method: hold.method.name, lock: `this.${hold.lock.key}`, line: lineOf(source, hold.node), target, via: first ?? target },
        };
      }
    }
  },
});
