import { isFunction } from './ast/is-function.ts';
import { thisMember } from './ast/this-member.ts';
import { unwrap } from './ast/unwrap.ts';
import { isLog } from './flow/is-log.ts';
import { RELEASES } from './flow/release-names.ts';
import { releasedBy } from './flow/releases.ts';
import type { CallStep, Flow, LoopEnd, Step } from './flow/step.ts';
import { holds } from './flow/turns-away.ts';
import type { Flows } from './races/flows.ts';
import type { Fact, ServiceKind } from './service.ts';

/** Beside these, `onMessage(callback)` and its like. */
const SPAWNS = new Set(['addEventListener', 'addListener', 'fork', 'listen', 'on', 'spawn', 'start', 'subscribe', 'watch']);

const LISTENS = new Set(['addEventListener', 'addListener', 'on']);
const STATES = new Set(['blocked', 'close', 'connect', 'disconnect', 'end', 'error', 'offline', 'open', 'ready', 'reconnect', 'reconnecting', 'unblocked']);

/** The kind decides which rules apply: see the table in docs/model.md. */
export function readKind(flows: Flows, runsInPlace: Fact): Exclude<ServiceKind, 'host-serialised'> {
  if (!waits(flows.start) && !waits(flows.stop)) return 'synchronous';
  if (runsInPlace === 'yes') return 'in-place runner';
  if (forwards(flows.start) && forwards(flows.stop)) return 'delegate';
  return flows.start.steps.some(isSpawn) ? 'background' : 'adapter';
}

function waits({ steps }: Flow): boolean {
  return steps.some(({ kind }) => kind === 'await');
}

/** Whether start returns only when stop tells the loop in it to end. */
export function readRunsInPlace({ start, stop }: Flows): Fact {
  const loops = start.steps.flatMap((step) => (step.kind === 'loop' ? [step] : []));
  if (loops.some(({ ends }) => ends.some((end) => stop.steps.some((step) => signals(step, end))))) return 'yes';
  const unclear = loops.some(({ endless, node }) => endless || (node.type === 'ForOfStatement' && node.await));
  return unclear || start.cut || start.steps.some((step) => isGivenWork(step, stop)) ? 'unknown' : 'no';
}

/** `await this.body(this.abort.signal)`, where stop aborts: the function that was handed in may be the loop, or a step that start can give up. */
function isGivenWork(step: Step, { steps }: Flow): boolean {
  if (step.kind !== 'call' || step.self || !step.waited || step.node.type !== 'CallExpression' || thisMember(step.node.callee) === undefined) return false;
  return step.args.some((field) => steps.some((one) => one.kind === 'call' && one.name === 'abort' && one.on === field));
}

/** Whether a step of stop brings a field into the state in which the loop ends. */
function signals(step: Step, { field, when }: LoopEnd): boolean {
  if (step.kind === 'write') return step.field === field && holds(when, step.value) !== 'no';
  return releasedBy(step).includes(field);
}

/** One call, and at most flags that nothing in the method tests: there is no state that two calls could spoil. */
function forwards({ steps, cut }: Flow): boolean {
  const calls = steps.filter((step) => step.kind === 'call' && !isLog(step));
  const plain = steps.every((step) => step.kind === 'call' || step.kind === 'await' || (step.kind === 'write' && step.value.kind === 'constant'));
  return !cut && calls.length <= 1 && plain;
}

function isSpawn(step: Step, index: number, steps: readonly Step[]): boolean {
  return step.kind === 'spawn' || isSpawningCall(step) || isKept(step, steps[index + 1]);
}

/** `this.task = this.run()`, where `run` is a way to start by itself, and so not read in place. */
function isKept(step: Step, next: Step | undefined): boolean {
  return step.kind === 'call' && step.self && next?.kind === 'write' && next.node.type === 'AssignmentExpression' && unwrap(next.node.right) === step.node;
}

function isSpawningCall(step: Step): step is CallStep {
  if (step.kind !== 'call' || RELEASES.has(step.name) || listensToState(step)) return false;
  return SPAWNS.has(step.name) || (/^on[A-Z]/.test(step.name) && step.node.type === 'CallExpression' && step.node.arguments.some(isFunction));
}

/** `client.on('error', …)`: every connection has to be listened to for these, and none of them is work. */
function listensToState({ node, name }: CallStep): boolean {
  const event = node.type === 'CallExpression' && LISTENS.has(name) ? node.arguments[0] : undefined;
  return event?.type === 'Literal' && typeof event.value === 'string' && STATES.has(event.value);
}
