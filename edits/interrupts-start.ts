import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../model/ast/unwrap.ts';
import { visit } from '../model/ast/visit.ts';
import { isWait } from '../model/flow/between.ts';
import type { Step, TestStep, WriteStep } from '../model/flow/step.ts';
import { holds } from '../model/flow/turns-away.ts';
import { readFlow } from '../model/read-flow.ts';
import type { ClassFacts, Method, Service } from '../model/service.ts';
import { awaitsWhatEnds } from './awaits-what-ends.ts';
import { awaitsAfterMaking, earlyAbort } from './early-abort.ts';
import type { Obstacle } from './lock-obstacle.ts';

/** Methods that end something in the middle of what it does, or settle it by hand; `close` and its like let it finish. */
const CUTS = new Set(['abort', 'cancel', 'destroy', 'destroySoon', 'kill', 'reject', 'resolve', 'terminate']);

/** Stop tells a start that is under way to give up, by a flag or an abort that start looks at: under one lock it would come too late. */
export function interruptsStart({ facts, start, stop, lock }: Service): Obstacle | undefined {
  const hooks = new Set([...start.methods, ...stop.methods].map(({ name }) => name));
  const awaited = awaitedCalls(facts);
  for (const ending of stop.methods) {
    // A hold that is widened takes in the abort before it.
    const isHeld = lock.holds.some(({ method }) => method.name === ending.name);
    const early = isHeld ? undefined : earlyAbort(facts, ending, start.methods);
    const { steps } = readFlow(facts, ending, hooks);
    const first = steps.findIndex(isWait);
    const signals = steps.filter((step, index) => (step.kind === 'write' ? isFlag(step) && (first === -1 || index < first) : isCut(step, awaited) && step.node !== early));
    for (const beginning of start.methods) {
      const started = readFlow(facts, beginning, hooks).steps;
      const heeded = signals.find((signal) => heeds(facts, beginning, started, signal));
      if (heeded !== undefined) return { node: heeded.node, why: `${reason(beginning, ending)} (${fieldOf(heeded)})` };
    }
  }
  return undefined;
}

function reason(beginning: Method, ending: Method): string {
  return `${ending.name}() makes a ${beginning.name}() that is under way give up, which it could not do while that holds the lock`;
}

function isFlag(step: WriteStep): boolean {
  return !step.deep && step.value.kind === 'constant';
}

/** `this.socket.destroy()`: what is on its way then fails at once. A destroy that is awaited itself takes its time. */
function isCut(step: Step, awaited: ReadonlySet<TSESTree.Node>): boolean {
  return step.kind === 'call' && step.on !== undefined && CUTS.has(step.name) && !(step.name === 'destroy' && awaited.has(step.node));
}

/** The calls that an await stands right before. */
function awaitedCalls({ node: { body } }: ClassFacts): ReadonlySet<TSESTree.Node> {
  const calls = new Set<TSESTree.Node>();
  visit(body, (node) => {
    if (node.type === 'AwaitExpression') calls.add(unwrap(node.argument));
    return undefined;
  });
  return calls;
}

function fieldOf(step: Step): string {
  const field = step.kind === 'write' ? step.field : step.kind === 'call' ? step.on : undefined;
  return `this.${field ?? ''}`;
}

/** Whether start looks for the signal after it has waited, or in a loop that waits, and leaves off when it finds it. */
function heeds(facts: ClassFacts, start: Method, steps: readonly Step[], signal: Step): boolean {
  if (signal.kind === 'call' && signal.on !== undefined)
    return signal.name === 'abort' ? awaitsAfterMaking(facts, start, signal.on) : awaitsWhatEnds(facts, start, signal.on);
  return steps.some((step, index) => {
    if (step.kind !== 'test' || signal.kind !== 'write' || step.field !== signal.field) return false;
    return holds(step.when, signal.value) === 'yes' && leavesWaiting(step, steps, index);
  });
}

/** Whether what the test leaves has waited, or will come back to the test after it has: a task that is only begun waits elsewhere. */
function leavesWaiting({ exit, arms, frames }: TestStep, steps: readonly Step[], index: number): boolean {
  if (exit === 'none') return false;
  const waits = steps.filter(isWait);
  if (exit === 'return' || exit === 'throw') return waits.some((wait) => steps.indexOf(wait) < index);
  const frame = frames.at(-1);
  if (exit === 'helper') return waits.some((wait) => frame !== undefined && wait.frames.includes(frame));
  const loop = arms.at(-1)?.branch;
  return waits.some((wait) => wait.arms.some(({ branch }) => branch === loop));
}
