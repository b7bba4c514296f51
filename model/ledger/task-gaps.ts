import type { Origin, Task } from './ledger.ts';

/** What is wrong with a task: it goes on after stop, and when it fails nobody sees it. */
export interface TaskGaps {
  readonly isLost: boolean;
  readonly isUnseen: boolean;
}

/** `isEvery`: also those of whose harm one cannot be sure. */
export function taskGapsOf(task: Task, isEvery: boolean): TaskGaps {
  const by = isEvery ? EVERY : HAZARDS;
  return { isLost: by.isLost(task), isUnseen: by.isUnseen(task) };
}

type Judge = Readonly<Record<keyof TaskGaps, (task: Task) => boolean>>;

/** What the service itself begins, rather than a caller of one of its methods. */
const BEGUN: readonly Origin[] = ['start', 'timer', 'event'];

function isOf({ origins }: Task, among: readonly Origin[]): boolean {
  return among.some((origin) => origins.has(origin));
}

/** One message sent or one record written, with its own try: there is nothing to wait for but that. */
function isNote({ isBrief, observed }: Task): boolean {
  return isBrief && observed === 'yes';
}

const HAZARDS: Judge = {
  isLost: (task) => {
    if (task.work === 'foreign' || task.released !== 'no') return false;
    if (task.origins.has('start')) return !isNote(task);
    if (task.isBrief) return false;
    return task.origins.has('timer') ? task.isRecurring : task.origins.has('event') && !task.isGated;
  },
  // An async callback that is given to a timer is what no-misused-promises of typescript-eslint reports.
  isUnseen: (task) => task.observed === 'no' && !task.isCallback && isOf(task, ['start', 'timer']),
};

const EVERY: Judge = {
  isLost: (task) => {
    if (task.released !== 'no' || !isOf(task, BEGUN)) return false;
    return task.work === 'own' ? !isNote(task) : task.keep.in === 'field' || task.keep.in === 'collection';
  },
  isUnseen: (task) => task.observed === 'no' && isOf(task, BEGUN),
};
