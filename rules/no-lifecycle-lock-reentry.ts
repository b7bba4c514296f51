import { calleeText } from '../model/ast/callee-text.ts';
import { lineOf } from '../model/line-of.ts';
import type { Reentry } from '../model/service.ts';
import { defineRule } from './define-rule.ts';

export default defineRule({
  name: 'no-lifecycle-lock-reentry',
  meta: {
    type: 'problem',
    docs: { description: 'Disallow waiting, under the lifecycle lock, for a method that takes the same lock', presets: { recommended: {}, strict: {} } },
    schema: [],
    messages: {
      reentry: '`{{method}}()` holds `{{lock}}` (line {{line}}) and waits here for `{{call}}`, which waits for the same lock: both wait for ever. Call an unlocked half of `{{target}}()` instead.',
      reentryVia: '`{{method}}()` holds `{{lock}}` (line {{line}}) and waits here for `{{call}}`, which comes to `{{target}}()` and so to the same lock: all wait for ever. Call an unlocked half of `{{target}}()` instead.',
      selfWait: '`{{task}}()` waits here for `{{target}}()`, and `{{target}}()` waits, under `{{lock}}` (line {{line}}), for `{{task}}()` to end: both wait for ever. Ask for the stop without awaiting it.',
    },
  },
  defaultOptions: [],
  *findings({ services, source }) {
    for (const service of services) {
      for (const reentry of service.lock.reentries) {
        const { hold, node, via } = reentry;
        const [first = '', ...rest] = via;
        const target = via.at(-1) ?? '';
        yield {
          node,
          service: service.name,
          messageId: messageOf(reentry),
          data: {
            service: service.name,
            method: hold.method.name,
            lock: `this.${hold.lock.key}`,
            line: lineOf(source, hold.node),
            call: calleeText(node),
            target,
            task: first,
            via: rest[0] ?? target,
          },
        };
      }
    }
  },
});

/** Either a holder waits for its own lock, or a background task for the stop that waits for it. */
function messageOf({ hold, via }: Reentry): 'reentry' | 'reentryVia' | 'selfWait' {
  const [first, second] = via;
  const target = via.at(-1);
  if (target === hold.method.name && first !== hold.method.name) return 'selfWait';
  return second === undefined || second === target ? 'reentry' : 'reentryVia';
}
