import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from './ast/callee-name.ts';
import { calleeText } from './ast/callee-text.ts';
import { isFunction } from './ast/is-function.ts';
import { thisMember } from './ast/this-member.ts';
import { readConstruction, readStaticBlocks } from './read-flow.ts';
import { isRelease, releasedBy } from './flow/releases.ts';
import type { Step } from './flow/step.ts';
import { STOP_NAMES } from './pairs.ts';
import type { ClassFacts, ConstructorStart, Method, Side } from './service.ts';

const none: ReadonlySet<string> = new Set();

/** What begins to run while an object of the class is constructed. `start` is its start side, where it has one. */
export function readConstructorStarts(facts: ClassFacts, start: Side | undefined): readonly ConstructorStart[] {
  if (facts.node.declare || (start === undefined && stopsOf(facts).length === 0)) return [];
  const hooks = start === undefined ? none : new Set([...start.methods, ...start.forwarders].map(({ name }) => name));
  const { steps } = readConstruction(facts, hooks);
  const made = new Set(steps.flatMap((step) => (step.kind === 'write' && step.value.kind === 'fresh' ? [step.field] : [])));
  // The place of the last release of each field.
  const released = new Map(steps.flatMap((step, index) => (isRelease(step) ? releasedBy(step).map((field) => [field, index] as const) : [])));
  const found = steps.flatMap((step, index): ConstructorStart[] => {
    const what = whatStarts(step) ?? (startsInner(step, made) ? 'call' : undefined);
    return what === undefined || (released.size > 0 && endsItself(step, steps.slice(index + 1), index, released)) ? [] : [startAt(step, what)];
  });
  const onLoad = readStaticBlocks(facts).steps.flatMap((step): ConstructorStart[] => {
    const what = step.kind === 'call' && INNER_STARTS.has(step.name) ? 'call' : whatStarts(step);
    return what === undefined ? [] : [startAt(step, what)];
  });
  const all = [...onLoad, ...found];
  const seen = new Set<TSESTree.Node>();
  return Object.freeze(all.filter(({ node }) => !seen.has(node) && seen.add(node).has(node)));
}

/** Told at the constructor's own line, also where a helper does it. */
function startAt(step: Step, what: ConstructorStart['what']): ConstructorStart {
  const node = step.frames[1]?.call ?? step.node;
  return Object.freeze({ node, begins: step.node, what, text: calleeText(node) });
}

/** `this.timer = setTimeout(() => {}, 0); clearTimeout(this.timer)`: only there to give the field a type. */
function endsItself({ node }: Step, later: readonly Step[], index: number, released: ReadonlyMap<string, number>): boolean {
  const kept = later.find((step) => step.kind === 'write' && step.node.range[0] <= node.range[0] && node.range[1] <= step.node.range[1]);
  return kept?.kind === 'write' && (released.get(kept.field) ?? -1) > index;
}

const INNER_STARTS = new Set(['connect', 'listen', 'run', 'start']);

/** `this.#server = createServer(); this.#server.listen(80)`: what the class made itself is started with it. */
function startsInner(step: Step, made: ReadonlySet<string>): boolean {
  if (step.kind !== 'call' || step.on === undefined || step.arms.length > 0 || !INNER_STARTS.has(step.name)) return false;
  const callee = step.node.type === 'CallExpression' ? step.node.callee : undefined;
  const isDirect = callee?.type === 'MemberExpression' && thisMember(callee.object) === step.on;
  if (step.node.type === 'CallExpression' && isHandler(step.node.arguments[0])) return false;
  return isDirect && made.has(step.on);
}

/** `this.onDestroy.listen(() => …)` registers somebody, and starts nothing. */
function isHandler(argument: TSESTree.Node | undefined): boolean {
  return argument !== undefined && (isFunction(argument) || thisMember(argument) !== undefined || (argument.type === 'CallExpression' && calleeName(argument) === 'bind'));
}

/** The methods that end an object; a class that starts in its constructor may well have nothing but these. */
export function stopsOf({ methods }: ClassFacts): readonly Method[] {
  return [...methods.values()].filter(({ name, isPublic, isStatic }) => isPublic && !isStatic && STOP_NAMES.has(name));
}

/** An option may ask for it (`if (options.autoStart) this.start()`): that is the caller's choice. A timer is one whoever asked. */
function whatStarts(step: Step): ConstructorStart['what'] | undefined {
  if (step.kind === 'spawn' && step.what === 'timer') return step.arms.every(({ frame }) => frame.depth === 0) ? 'timer' : undefined;
  if (step.arms.length > 0) return undefined;
  if (step.kind === 'call' && step.self) return 'call';
  return step.kind === 'spawn' && step.what === 'task' ? 'loop' : undefined;
}
