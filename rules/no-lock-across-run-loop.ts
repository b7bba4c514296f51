import { addLifecycleLock } from '../edits/add-lifecycle-lock.ts';
import { lineOf } from '../model/line-of.ts';
import { defineRule } from './define-rule.ts';

export default defineRule({
  name: 'no-lock-across-run-loop',
  meta: {
    type: 'problem',
    docs: { description: 'Disallow holding the lifecycle lock over a loop that only stop can end', presets: { recommended: {}, strict: {} } },
    hasSuggestions: true,
    schema: [],
    messages: {
      doneUnderLock: '`{{method}}()` gives the promise of the running loop out of `{{lock}}` (line {{line}}), so the lock is held until the loop has ended, and the loop cannot end without it. Give it out in an object, and await it after the lock.',
      overLoop: '`{{method}}()` holds `{{lock}}` (line {{line}}) for as long as its loop runs, and only `{{stop}}()` ends that loop: `{{stop}}()` waits for the lock for ever. Hold it for the change of state only.',
      narrowHold: 'Hold `{{lock}}` for the change of state only.',
    },
  },
  defaultOptions: [],
  *findings({ services, source }) {
    for (const service of services) {
      for (const { lock, method, node } of service.lock.overLoop) {
        yield {
          node,
          service: service.name,
          messageId: service.stop.methods.includes(method) ? 'doneUnderLock' : 'overLoop',
          data: { service: service.name, method: method.name, stop: service.stop.main.name, lock: `this.${lock.key}`, line: lineOf(source, node) },
          mend: { messageId: 'narrowHold', plan: () => addLifecycleLock(service, source) },
        };
      }
    }
  },
});
