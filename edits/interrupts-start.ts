import { isWait } from '../model/flow/between.ts';
import type { Step, TestStep } from '../model/flow/step.ts';
import { holds } from '../model/flow/turns-away.ts';
import { readFlow } from '../model/read-flow.ts';
import type { ClassFacts, Method, Service } from '../model/service.ts';
import { awaitsAfterMaking, earlyAbort } from './early-abort.ts';
import type { Obstacle } from './lock-obstacle.ts';

/** Stop tells a start that is under way to give up, by a flag or an abort that start looks at: under one lock it would come too late. */
export function interruptsStart({ facts, start, stop }: Service): Obstacle | undefined {
  const hooks = new Set([...start.methods, ...stop.methods].map(({ name }) => name));
  for (const ending of stop.methods) {
    const isHoisted = earlyAbort(facts, ending, start.methods) !== undefined;
    const { steps } = readFlow(facts, ending, hooks);
    const first = steps.findIndex(isWait);
    const signals = steps.slice(0, first === -1 ? undefined : first).filter((step) => isSignal(step, isHoisted));
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

/** A flag that is set, or a controller that is aborted where the abort cannot be kept before the lock. */
function isSignal(step: Step, isHoisted: boolean): boolean {
  if (step.kind === 'write') return !step.deep && step.value.kind === 'constant';
  return step.kind === 'call' && step.name === 'abort' && step.on !== undefined && !isHoisted;
}

function fieldOf(step: Step): string {
  const field = step.kind === 'write' ? step.field : step.kind === 'call' ? step.on : undefined;
  return `this.${field ?? ''}`;
}

/** Whether start looks for the signal after it has waited, or in a loop that waits, and leaves off when it finds it. */
function heeds(facts: ClassFacts, start: Method, steps: readonly Step[], signal: Step): boolean {
  if (signal.kind === 'call') return signal.on !== undefined && awaitsAfterMaking(facts, start, signal.on);
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
