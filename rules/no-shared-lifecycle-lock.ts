import { lineOf } from '../model/line-of.ts';
import { isWorkLock } from '../model/locks/is-work-lock.ts';
import type { Lock } from '../model/service.ts';
import { defineRule } from './define-rule.ts';

const WIDER = { static: 'all instances of the class share it', module: 'everything in the module shares it', global: 'its name is shared by the whole process' };

export default defineRule({
  name: 'no-shared-lifecycle-lock',
  meta: {
    type: 'problem',
    docs: { description: 'Disallow using the lifecycle lock for anything but the lifecycle of its own instance', presets: { recommended: {}, strict: {} } },
    schema: [],
    messages: {
      hotPath: '`{{method}}()` takes the lifecycle lock `{{lock}}` on line {{line}}: while it works nobody can stop `{{service}}`, and while `{{service}}` starts or stops every such call waits. Give the lifecycle a lock of its own.',
      local: '`{{method}}()` makes the lock it takes on line {{line}}: each call has its own, so it keeps nobody out. Keep the lock in a field.',
      wider: '`{{lock}}` is no lock of one instance: {{sharing}}, so one hung `{{stop}}()` holds up all of them. Keep it in an instance field.',
      different: '`{{start}}()` holds `{{startLock}}` and `{{stop}}()` holds `{{stopLock}}`: two locks do not keep them apart.',
      decorator: 'A lock decorator usually makes one lock for each method, so `{{start}}()` and `{{stop}}()` do not exclude each other. Hold one lock in both, or name the decorator in `settings.lifecycle.lockDecorators`.',
    },
  },
  defaultOptions: [],
  *findings({ services, source }) {
    for (const service of services) {
      const { lock, start, stop } = service;
      const data = { service: service.name, start: start.main.name, stop: stop.main.name };
      const [hot] = lock.hotUses;
      if (hot !== undefined && lock.lifecycle !== undefined && !isWorkLock(service)) {
        yield { node: hot.node, service: service.name, messageId: 'hotPath', data: { ...data, method: hot.method, lock: `this.${lock.lifecycle.key}`, line: lineOf(source, hot.node) } };
      }
      const [decorator] = lock.decorators;
      if (decorator !== undefined) yield { node: decorator, service: service.name, messageId: 'decorator', data };
      const ofStart = lock.holds.find(({ method }) => start.methods.includes(method));
      const ofStop = lock.holds.find(({ method }) => stop.methods.includes(method));
      const foreign = [ofStart, ofStop].find((hold) => hold !== undefined && hold.lock.scope !== 'instance');
      if (foreign?.lock.scope === 'local') {
        yield { node: foreign.node, service: service.name, messageId: 'local', data: { ...data, method: foreign.method.name, line: lineOf(source, foreign.node) } };
      } else if (foreign !== undefined) {
        yield { node: foreign.node, service: service.name, messageId: 'wider', data: { ...data, lock: foreign.lock.key, sharing: sharing(foreign.lock) } };
      } else if (ofStart !== undefined && ofStop !== undefined && lock.lifecycle === undefined && ofStart.lock.key !== ofStop.lock.key) {
        const names = { startLock: `this.${ofStart.lock.key}`, stopLock: `this.${ofStop.lock.key}` };
        yield { node: ofStop.node, service: service.name, messageId: 'different', data: { ...data, ...names } };
      }
    }
  },
});

function sharing({ scope }: Lock): string {
  return scope === 'static' || scope === 'module' || scope === 'global' ? WIDER[scope] : '';
}
