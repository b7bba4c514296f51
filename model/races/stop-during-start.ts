import { waitBetween } from '../flow/between.ts';
import { releasedBy } from '../flow/releases.ts';
import type { Flow, Step, WriteStep } from '../flow/step.ts';
import { START_NAMES } from '../pairs.ts';
import type { Collision, Flows } from './flows.ts';
import { joins } from './joins.ts';
import { lateEnabling } from './late-enabling.ts';
import { lostStops } from './lost-stop.ts';
import { isRecheck, markedBy } from './rechecks.ts';

/** Start stores something after an await, which a stop in between has already released or cleared. */
export function stopsDuringStart(flows: Flows): Collision[] {
  const { start, stop } = flows;
  if (refusesEarlyStop(start, stop) || lostStops(flows).length > 0) return [];
  const cleared = new Set(stop.steps.flatMap(releasedBy));
  const marks = markedBy(stop.steps);
  const { steps } = start;
  return steps.flatMap((step, to): Collision[] => {
    const field = isStored(step) ? step.field : begun(step);
    if (field === undefined || !cleared.has(field) || isBorrowed(start, field)) return [];
    const wait = waitBetween(steps, -1, to);
    if (wait === undefined || joins(stop, stop.steps.length, start, wait)) return [];
    const after = steps.slice(steps.indexOf(wait) + 1);
    if (after.some((later, index) => isRecheck(later, marks, step) && !isOwn(later, after.slice(0, index)))) return [];
    return [{ kind: 'stop-during-start', field, check: undefined, wait: wait.node, effect: step.node }];
  });
}

/** A handle, or a flag that is raised. */
function isStored(step: Step): step is WriteStep {
  return step.kind === 'write' && !step.deep && (step.value.kind === 'fresh' || (step.value.kind === 'constant' && step.value.truthy));
}

/** A test of what start itself has just written sees nothing of a stop. */
function isOwn(test: Step, since: readonly Step[]): boolean {
  return test.kind === 'test' && since.some((step) => step.kind === 'write' && !step.deep && step.field === test.field);
}

/** The inner service that a step starts: `this.#server.listen(…)`, `start(this.#queue)`. */
function begun(step: Step): string | undefined {
  if (step.kind !== 'call' || step.self || !START_NAMES.has(step.name)) return undefined;
  // What `endpoint.init(this.db)` starts is the endpoint.
  return step.on ?? (step.node.type === 'CallExpression' && step.node.callee.type === 'Identifier' ? step.args[0] : undefined);
}

/** What the caller handed to start belongs to the caller. */
function isBorrowed({ steps }: Flow, field: string): boolean {
  return steps.some((step) => step.kind === 'write' && step.field === field && step.value.kind === 'given');
}

/** Stop throws, rather than returns, while start is under way: the caller is told. */
function refusesEarlyStop(start: Flow, stop: Flow): boolean {
  return stop.steps.some((step) => step.kind === 'test' && step.exit === 'throw' && step.arms.length === 0 && lateEnabling(start, step) !== undefined);
}
