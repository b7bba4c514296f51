import type { TSESTree } from '@typescript-eslint/utils';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { isWait } from '../flow/between.ts';
import { reaches } from '../flow/reaches.ts';
import type { AwaitStep, Flow, Step } from '../flow/step.ts';
import { entryGuard } from '../races/entry-guard.ts';
import type { Entry } from './entries.ts';
import type { Stakes } from './stakes.ts';

/**
 * The await of a method during which an idle timer can fire: the method uses what the timer ends and re-arms the timer when it is done, so a
 * call that ends earlier arms it for one that is still at work. Undefined where the timer looks whether anybody is at work.
 */
export function usedMeanwhile(timer: Entry, idle: Flow, { method }: Entry, use: Flow, stakes: Stakes): { readonly wait: AwaitStep; readonly by: string } | undefined {
  const field = timer.timer;
  if (field === undefined || timer.method.value === method.value || !isBlind(timer, idle, stakes)) return undefined;
  const { steps } = use;
  const arms = (step: Step): boolean => step.kind === 'write' && step.field === field && step.value.kind === 'fresh';
  const wait = steps.find((step): step is AwaitStep => isWait(step) && steps.slice(steps.indexOf(step)).some((later) => arms(later) && reaches(step, later)));
  if (wait === undefined) return undefined;
  const before = steps.slice(0, steps.indexOf(wait));
  const isClear = before.some((step) => step.kind === 'call' && step.name === 'clearTimeout' && step.args.includes(field));
  if (!before.some((step) => touches(step, stakes)) || (isClear && entryGuard(use) !== undefined)) return undefined;
  return { wait, by: `\`${method.name}()\`` };
}

/** Nothing decides in it but whether the service runs: no count of users, no epoch, no time of the last use. */
function isBlind({ method }: Entry, { steps }: Flow, { flags, handles }: Stakes): boolean {
  if (steps.some((step) => step.kind === 'test' && !flags.has(step.field) && !handles.has(step.field))) return false;
  const known = (node: TSESTree.Node): boolean => flags.has(thisMember(node) ?? '') || handles.has(thisMember(node) ?? '');
  return !someBelow(method.value.body, (node) => node.type === 'IfStatement' && !someBelow(node.test, known));
}

function touches(step: Step, { flags, handles }: Stakes): boolean {
  const named = step.kind === 'call' ? [step.on ?? '', ...step.args] : step.kind === 'test' || step.kind === 'await' ? [step.field ?? ''] : [];
  return named.some((field) => flags.has(field) || handles.has(field)) || (step.kind === 'call' && step.self);
}
