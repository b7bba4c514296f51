import { calleeText } from './ast/callee-text.ts';
import { readConstruction } from './read-flow.ts';
import { isRelease, releasedBy } from './flow/releases.ts';
import type { Step } from './flow/step.ts';
import { STOP_NAMES } from './pairs.ts';
import type { ClassFacts, ConstructorStart, Side } from './service.ts';

const none: ReadonlySet<string> = new Set();

/** What begins to run while an object of the class is constructed. `start` is its start side, where it has one. */
export function readConstructorStarts(facts: ClassFacts, start: Side | undefined): readonly ConstructorStart[] {
  if (facts.node.declare || (start === undefined && !canBeStopped(facts))) return [];
  const hooks = start === undefined ? none : new Set([...start.methods, ...start.forwarders].map(({ name }) => name));
  const { steps } = readConstruction(facts, hooks);
  const found = steps.flatMap((step, index): ConstructorStart[] => {
    const what = whatStarts(step);
    if (what === undefined || endsItself(step, steps.slice(index + 1))) return [];
    const node = step.frames[1]?.call ?? step.node;
    return [Object.freeze({ node, what, text: calleeText(node) })];
  });
  return Object.freeze(found.filter(({ node }, index) => found.findIndex((other) => other.node === node) === index));
}

/** `this.timer = setTimeout(() => {}, 0); clearTimeout(this.timer)`: only there to give the field a type. */
function endsItself({ node }: Step, later: readonly Step[]): boolean {
  const kept = later.find((step) => step.kind === 'write' && step.node.range[0] <= node.range[0] && node.range[1] <= step.node.range[1]);
  return kept?.kind === 'write' && later.some((step) => isRelease(step) && releasedBy(step).includes(kept.field));
}

/** A class that starts in its constructor may well have nothing but a stop. */
function canBeStopped(facts: ClassFacts): boolean {
  return [...facts.methods.values()].some(({ name, isPublic, isStatic }) => isPublic && !isStatic && STOP_NAMES.has(name));
}

/** An option may ask for it (`if (options.autoStart) this.start()`): that is the caller's choice. A timer is one whoever asked. */
function whatStarts(step: Step): ConstructorStart['what'] | undefined {
  if (step.kind === 'spawn' && step.what === 'timer') return step.arms.every(({ frame }) => frame.depth === 0) ? 'timer' : undefined;
  if (step.arms.length > 0) return undefined;
  if (step.kind === 'call' && step.self) return 'call';
  return step.kind === 'spawn' && step.what === 'task' ? 'loop' : undefined;
}
