import { calleeName } from '../ast/callee-name.ts';
import { contains } from '../ast/contains.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { CHAINS } from '../flow/callee-names.ts';
import type { AwaitStep, Flow, Step } from '../flow/step.ts';

/** Whether one side waits, before the step at `until`, for the other itself or for a promise which that keeps in a field while it waits at `wait`. */
export function joins(waiting: Flow, until: number, kept: Flow, wait: AwaitStep): boolean {
  const before = waiting.steps.slice(0, until);
  if (before.some((step) => step.kind === 'call' && step.self && step.waited && step.name === kept.method)) return true;
  const waited = new Set(before.flatMap(waitedPromises));
  if (waited.size === 0) return false;
  return kept.steps.slice(0, kept.steps.indexOf(wait)).some((step) => 'field' in step && step.field !== undefined && waited.has(step.field) && lasts(step, kept, wait));
}

/** Whether a wait of one side is for a promise that the other side keeps: then the other side is under way, and nothing of it begins. */
export function isJoin(wait: AwaitStep, kept: Flow): boolean {
  const fields = waitedPromises(wait);
  if (fields.length === 0) return false;
  return kept.steps.some((step) => step.kind === 'write' && step.value.kind === 'fresh' && fields.includes(step.field));
}

/** Whether what a step keeps is settled only after the wait: of work that goes on by itself, `this.task = this.#loop()`, only what is in it. */
function lasts(step: Step, { steps }: Flow, wait: AwaitStep): boolean {
  if (step.kind !== 'write' || step.deep || step.value.kind !== 'fresh') return false;
  const isTask = steps.some((other) => other.kind === 'spawn' && other.what === 'task' && other.field === step.field);
  return !isTask || wait.field === step.field || wait.frames.some(({ call }) => call !== undefined && contains(step.node, call));
}

/** `await this.starting`, not `await this.server.close()`; also among others, or under a deadline. */
export function waitedPromises(step: Step): readonly string[] {
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
