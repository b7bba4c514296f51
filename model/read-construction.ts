import { calleeText } from './ast/callee-text.ts';
import { readConstruction } from './read-flow.ts';
import type { Step } from './flow/step.ts';
import { STOP_NAMES } from './pairs.ts';
import type { ClassFacts, ConstructorStart, Side } from './service.ts';

const none: ReadonlySet<string> = new Set();

/** What begins to run while an object of the class is constructed. `start` is its start side, where it has one. */
export function readConstructorStarts(facts: ClassFacts, start: Side | undefined): readonly ConstructorStart[] {
  if (facts.node.declare || (start === undefined && !canBeStopped(facts))) return [];
  const hooks = start === undefined ? none : new Set([...start.methods, ...start.forwarders].map(({ name }) => name));
  const { steps } = readConstruction(facts, hooks);
  const found = steps.flatMap((step): ConstructorStart[] => {
    const what = whatStarts(step);
    return what === undefined ? [] : [Object.freeze({ node: step.node, what, text: calleeText(step.node) })];
  });
  return Object.freeze(found.filter(({ node }, index) => found.findIndex((other) => other.node === node) === index));
}

/** A class that starts in its constructor may well have nothing but a stop. */
function canBeStopped(facts: ClassFacts): boolean {
  return [...facts.methods.values()].some(({ name, isPublic, isStatic }) => isPublic && !isStatic && STOP_NAMES.has(name));
}

/** An option may ask for it (`if (options.autoStart) this.start()`): that is the caller's choice. */
function whatStarts(step: Step): ConstructorStart['what'] | undefined {
  if (step.kind === 'spawn' && step.what === 'timer') return 'timer';
  if (step.arms.length > 0) return undefined;
  if (step.kind === 'call' && step.self) return 'call';
  return step.kind === 'spawn' && step.what === 'task' ? 'loop' : undefined;
}
