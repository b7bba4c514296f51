import type { Flow, Step } from '../flow/step.ts';

/** Whether one side waits for a promise that the other keeps in a field, before the step at `until`. */
export function joins(waiting: Flow, kept: Flow, until: number): boolean {
  const promises = new Set(kept.steps.flatMap((step) => (step.kind === 'write' && step.value.kind === 'fresh' ? [step.field] : [])));
  return waiting.steps.slice(0, until).some((step) => step.kind === 'await' && step.field !== undefined && promises.has(step.field) && isWholePromise(step));
}

/** `await this.starting`, not `await this.server.close()`. */
function isWholePromise(step: Step): boolean {
  const { node } = step;
  const waited = node.type === 'AwaitExpression' ? node.argument : node;
  if (waited.type !== 'CallExpression') return true;
  const { callee } = waited;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && ['catch', 'finally', 'then'].includes(callee.property.name);
}
