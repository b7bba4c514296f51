import { trackBackgroundTasks } from '../edits/track-background-tasks.ts';
import type { Task } from '../model/ledger/ledger.ts';
import { taskGapsOf } from '../model/ledger/task-gaps.ts';
import type { Service } from '../model/service.ts';
import { defineRule } from './define-rule.ts';

interface Options {
  /** Which tasks to report. */
  readonly report: 'every' | 'hazards' | 'sure';
}

const DEFAULTS: Options = { report: 'hazards' };

export default defineRule({
  name: 'no-untracked-background-task',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow background tasks that stop does not wait for, or whose failure nobody sees',
      presets: { recommended: { report: 'sure' }, strict: { report: 'every' } },
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          report: {
            description: 'Which tasks to report: `sure`, only work of the class itself that is dropped and whose failure nobody sees; `hazards`, those that do harm when stop overtakes them or they fail; `every`, every one that stop does not wait for.',
            type: 'string',
            enum: ['sure', 'hazards', 'every'],
          },
        },
        additionalProperties: false,
      },
    ],
    messages: {
      unawaited: '`{{stop}}()` does not wait for `{{task}}`, which {{origin}} begins: it goes on after `{{stop}}()` has returned, on what has been closed or beside the next start. Keep its promise in a field and await that in `{{stop}}()`.',
      unawaitedField: '`{{stop}}()` never awaits `this.{{field}}`: `{{task}}` goes on after `{{stop}}()` has returned, on what has been closed or beside the next start.',
      unobserved: 'Nobody sees when `{{task}}` fails: that is an unhandled rejection, which ends the process. Add a `catch` here.',
      untracked: '`{{stop}}()` does not wait for `{{task}}`, and nobody sees when it fails: it goes on after `{{stop}}()` has returned, and a rejection ends the process. Keep its promise in a field, with a `catch`, and await that in `{{stop}}()`.',
      track: 'Track the task.',
    },
  },
  defaultOptions: [DEFAULTS],
  *findings({ services, source, options }) {
    for (const service of services) {
      for (const task of service.ledger.tasks) {
        const { isLost, isUnseen } = taskGapsOf(task, options.report === 'every');
        if (!isLost && !isUnseen) continue;
        if (options.report === 'sure' && !(isUnseen && failsUnseen(task, service))) continue;
        const isKept = task.keep.in === 'field' || task.keep.in === 'collection';
        const messageId = !isLost ? 'unobserved' : isUnseen ? 'untracked' : isKept ? 'unawaitedField' : 'unawaited';
        const field = isKept && 'name' in task.keep ? task.keep.name : '';
        const data = { stop: service.stop.main.name, task: task.text, field, origin: originOf(task, service) };
        yield { node: task.node, service: service.name, messageId, data, mend: { messageId: 'track', plan: () => trackBackgroundTasks(service, source, {}, [task]) } };
      }
    }
  },
});

function originOf({ origins }: Task, { start }: Service): string {
  if (origins.has('start')) return `\`${start.main.name}()\``;
  return origins.has('timer') ? 'a timer' : 'a listener';
}

/** A promise of the class's own that is dropped. What fails in a stop has been looked at there, or nothing more can be done about it. */
function failsUnseen({ work, keep, body }: Task, { stop }: Service): boolean {
  return work === 'own' && keep.in === 'nowhere' && !stop.methods.some(({ value }) => value === body);
}
