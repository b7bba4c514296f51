import { thisMember } from '../ast/this-member.ts';
import { visit } from '../ast/visit.ts';
import { ADDERS } from '../flow/callee-names.ts';
import { isDrop } from '../flow/releases.ts';
import type { AwaitStep, Flow, Step } from '../flow/step.ts';
import { joins, waitedPromises } from '../races/joins.ts';

/**
 * Whether stop waits until a thread that has come as far as an await is through: for a promise that it keeps in a field or a collection, or
 * in a loop, until a field says that it is no longer at work.
 */
export function isAwaitedByStop(thread: Flow, wait: AwaitStep, stop: Flow): boolean {
  if (joins(stop, stop.steps.length, thread, wait)) return true;
  const before = thread.steps.slice(0, thread.steps.indexOf(wait));
  const kept = new Set(
    before.flatMap((step) => {
      const { field } = step.kind === 'write' ? step : {};
      if (field !== undefined) return isDrop(step) ? [] : [field];
      return step.kind === 'call' && step.on !== undefined && ADDERS.has(step.name) ? [step.on] : [];
    }),
  );
  return stop.steps.some((step) => {
    if (step.kind === 'loop') return step.ends.some(({ field }) => kept.has(field));
    return [...waitedPromises(step), ...gathered(step)].some((field) => kept.has(field));
  });
}

/** `await Promise.allSettled([...this.#tasks])`, whatever the list is made by. */
function gathered(step: Step): readonly string[] {
  if (step.kind !== 'call' || !step.waited || (step.name !== 'all' && step.name !== 'allSettled')) return [];
  const fields: string[] = [];
  visit(step.node, (node) => {
    const field = thisMember(node);
    if (field !== undefined) fields.push(field);
    return undefined;
  });
  return fields;
}
