import { calleeName } from '../ast/callee-name.ts';
import { contains } from '../ast/contains.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { CHAINS } from '../flow/callee-names.ts';
import type { AwaitStep, Flow, Step, WriteStep } from '../flow/step.ts';

/** Whether one side waits, before the step at `until`, for the other itself or for a promise which that keeps in a field while it waits at `wait`. */
export function joins(waiting: Flow, until: number, kept: Flow, wait: AwaitStep): boolean {
  const { calls, promises } = waitsOf(waiting);
  if (calls.some(({ name, at }) => at < until && name === kept.method)) return true;
  const waited = new Set(promises.flatMap(({ name, at }) => (at < until ? [name] : [])));
  if (waited.size === 0) return false;
  const place = kept.steps.indexOf(wait);
  const last = place === -1 ? kept.steps.length - 1 : place;
  const fresh = freshWritesOf(kept);
  return [...waited].some((field) => fresh.get(field)?.some(({ write, at }) => at < last && lasts(write, kept, wait)) === true);
}

interface Waits {
  /** What is waited for, by name, and by which step. */
  readonly calls: readonly { readonly name: string; readonly at: number }[];
  readonly promises: readonly { readonly name: string; readonly at: number }[];
}

const waits = new WeakMap<Flow, Waits>();

/** The calls of its own methods, and the promises in fields, that a side waits for. */
function waitsOf(flow: Flow): Waits {
  const known = waits.get(flow);
  if (known !== undefined) return known;
  const calls = flow.steps.flatMap((step, at) => (step.kind === 'call' && step.self && step.waited ? [{ name: step.name, at }] : []));
  const promises = flow.steps.flatMap((step, at) => waitedPromises(step).map((name) => ({ name, at })));
  waits.set(flow, { calls, promises });
  return { calls, promises };
}

/** Whether a wait of one side is for a promise that the other side keeps: then the other side is under way, and nothing of it begins. */
export function isJoin(wait: AwaitStep, kept: Flow): boolean {
  const fields = waitedPromises(wait);
  if (fields.length === 0) return false;
  return kept.steps.some((step) => step.kind === 'write' && step.value.kind === 'fresh' && fields.includes(step.field));
}

type FreshWrites = ReadonlyMap<string, readonly { readonly write: WriteStep; readonly at: number }[]>;

const writes = new WeakMap<Flow, FreshWrites>();

/** Where something newly made is put into a field, by the field. */
function freshWritesOf(flow: Flow): FreshWrites {
  const known = writes.get(flow);
  if (known !== undefined) return known;
  const fresh = new Map<string, { readonly write: WriteStep; readonly at: number }[]>();
  for (const [at, write] of flow.steps.entries()) {
    if (write.kind !== 'write' || write.deep || write.value.kind !== 'fresh') continue;
    const before = fresh.get(write.field) ?? [];
    before.push({ write, at });
    fresh.set(write.field, before);
  }
  writes.set(flow, fresh);
  return fresh;
}

/** Whether what a step keeps is settled only after the wait: of work that goes on by itself, `this.task = this.#loop()`, only what is in it. */
function lasts(step: WriteStep, { steps }: Flow, wait: AwaitStep): boolean {
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
