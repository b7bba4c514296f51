import { calleeName } from '../ast/callee-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { CHAINS } from '../flow/callee-names.ts';
import type { Flow, Step } from '../flow/step.ts';

/** Whether one side waits for a promise that the other keeps in a field, before the step at `until`. */
export function joins(waiting: Flow, kept: Flow, until: number): boolean {
  const promises = new Set(kept.steps.flatMap((step) => (step.kind === 'write' && step.value.kind === 'fresh' ? [step.field] : [])));
  return waiting.steps.slice(0, until).some((step) => waitedPromises(step).some((field) => promises.has(field)));
}

/** `await this.starting`, not `await this.server.close()`; also among others, or under a deadline. */
function waitedPromises(step: Step): readonly string[] {
  if (step.kind === 'await') return step.field !== undefined && isWholePromise(step) ? [step.field] : [];
  if (step.kind !== 'call' || !step.waited || !COMBINES.test(step.name) || step.node.type !== 'CallExpression') return [];
  const parts = step.node.arguments.flatMap((argument) => (argument.type === 'ArrayExpression' ? argument.elements : [argument]));
  return parts.flatMap((part) => (part === null ? undefined : thisMember(part)) ?? []);
}

const COMBINES = /^(?:all|allSettled|any|race)$|timeout|deadline/i;

function isWholePromise(step: Step): boolean {
  const { node } = step;
  const waited = unwrap(node.type === 'AwaitExpression' ? node.argument : node);
  return waited.type !== 'CallExpression' || (unwrap(waited.callee).type === 'MemberExpression' && CHAINS.has(calleeName(waited) ?? ''));
}
