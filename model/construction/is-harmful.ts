import type { Ledger } from '../ledger/ledger.ts';
import type { ConstructorStart } from '../service.ts';

/** Whether what a constructor begins surely does harm: a timer that keeps firing and that no method clears, work whose failure nobody sees. */
export function isHarmful({ begins }: ConstructorStart, { tasks, timers }: Ledger): boolean {
  const timer = timers.find(({ node }) => node === begins);
  if (timer !== undefined) return timer.isRecurring && timer.released === 'no' && timer.unrefed === 'no';
  return tasks.some(({ node, keep, observed }) => node === begins && keep.in === 'nowhere' && observed === 'no');
}
