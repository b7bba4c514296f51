import type { Origin, Task } from '../model/ledger/ledger.ts';
import type { Service } from '../model/service.ts';
import { defineRule } from './define-rule.ts';

interface Options {
  /** Which tasks to report. */
  readonly report: 'every' | 'hazards';
}

const DEFAULTS: Options = { report: 'hazards' };

export default defineRule({
  name: 'no-untracked-background-task',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow background tasks that stop does not wait for, or whose failure nobody sees',
      presets: { recommended: {}, strict: { report: 'every' } },
    },
    schema: [
      {
        type: 'object',
        properties: {
          report: {
            description: 'Which tasks to report: `hazards`, those that do harm when stop overtakes them or they fail; `every`, every one that stop does not wait for.',
            type: 'string',
            enum: ['hazards', 'every'],
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
    },
  },
  defaultOptions: [DEFAULTS],
  *findings({ services, options }) {
    const isReported = options.report === 'every' ? EVERY : HAZARDS;
    for (const service of services) {
      for (const task of service.ledger.tasks) {
        const isLost = isReported.lost(task);
        const isUnseen = isReported.unseen(task);
        if (!isLost && !isUnseen) continue;
        const isKept = task.keep.in === 'field' || task.keep.in === 'collection';
        const messageId = !isLost ? 'unobserved' : isUnseen ? 'untracked' : isKept ? 'unawaitedField' : 'unawaited';
        const field = isKept && 'name' in task.keep ? task.keep.name : '';
        const data = { stop: service.stop.main.name, task: task.text, field, origin: originOf(task, service) };
        yield { node: task.node, service: service.name, messageId, data };
      }
    }
  },
});

interface Reported {
  /** Goes on after stop. */
  readonly lost: (task: Task) => boolean;
  /** Fails, and nobody sees it. */
  readonly unseen: (task: Task) => boolean;
}

/** What the service itself begins, rather than a caller of one of its methods. */
const BEGUN: readonly Origin[] = ['start', 'timer', 'event'];

function isOf({ origins }: Task, among: readonly Origin[]): boolean {
  return among.some((origin) => origins.has(origin));
}

/** One message sent or one record written, with its own try: there is nothing to wait for but that. */
function isNote({ isBrief, observed }: Task): boolean {
  return isBrief && observed === 'yes';
}

const HAZARDS: Reported = {
  lost: (task) => {
    if (task.work === 'foreign' || task.released !== 'no') return false;
    if (task.origins.has('start')) return !isNote(task);
    if (task.isBrief) return false;
    return task.origins.has('timer') ? task.isRecurring : task.origins.has('event') && !task.isGated;
  },
  // An async callback that is given to a timer is what no-misused-promises of typescript-eslint reports.
  unseen: (task) => task.observed === 'no' && !task.isCallback && isOf(task, ['start', 'timer']),
};

const EVERY: Reported = {
  lost: (task) => {
    if (task.released !== 'no' || !isOf(task, BEGUN)) return false;
    return task.work === 'own' ? !isNote(task) : task.keep.in === 'field' || task.keep.in === 'collection';
  },
  unseen: (task) => task.observed === 'no' && isOf(task, BEGUN),
};

function originOf({ origins }: Task, { start }: Service): string {
  if (origins.has('start')) return `\`${start.main.name}()\``;
  return origins.has('timer') ? 'a timer' : 'a listener';
}
