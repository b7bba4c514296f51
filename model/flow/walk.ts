import type { TSESTree } from '@typescript-eslint/utils';
import type { ClassFacts, FunctionNode, Method } from '../service.ts';
import type { Arm, Frame, Step, Value } from './step.ts';

/** What a local name stands for: a field it was read from, a value, and a promise whose work goes on when it is awaited. */
export interface Local {
  readonly field: string | undefined;
  readonly value: Value;
  readonly pending: readonly Step[];
  /** A function that is kept under the name, to be called later. */
  readonly fn?: FunctionNode;
}

/** The function being read, and how names in it are to be understood. */
export interface Scope {
  readonly frame: Frame;
  readonly locals: Map<string, Local>;
  /** Whether a `return` in it hands its promise to somebody who waits. */
  readonly waited: boolean;
  /** Whether leaving it leaves the whole method. */
  readonly tail: boolean;
}

/** The state of one walk. Steps are appended in the order of evaluation. */
export interface Walk {
  readonly facts: ClassFacts;
  /** Lifecycle methods: their calls are steps of their own and are not read in place. */
  readonly opaque: ReadonlySet<string>;
  steps: Step[];
  arms: readonly Arm[];
  scopes: readonly Scope[];
  /** Promises kept in fields, with the work that goes on when they are awaited. */
  readonly pending: Map<string, readonly Step[]>;
  readonly background: Step[];
  /** The call whose result is what the method gives back. */
  tailCall: TSESTree.Node | undefined;
  /** How many functions have been entered; helpers that all call each other would have no end. */
  entered: number;
  cut: boolean;
}

const MAX_DEPTH = 5;
const MAX_ENTERED = 1000;
const MAX_STEPS = 4000;

export function scopeOf(walk: Walk): Scope {
  const scope = walk.scopes.at(-1);
  if (scope === undefined) throw new Error('a walk has no scope before it enters a function');
  return scope;
}

type Bare = { [Kind in Step['kind']]: Omit<Extract<Step, { kind: Kind }>, 'arms' | 'frames'> }[Step['kind']];

export function emit(walk: Walk, step: Bare): void {
  if (walk.steps.length >= MAX_STEPS) {
    walk.cut = true;
    return;
  }
  walk.steps.push(Object.freeze({ ...step, arms: walk.arms, frames: walk.scopes.map(({ frame }) => frame) }));
}

/** Reads a branch. `exits` says that control does not come out at its end. */
export function inArm(walk: Walk, branch: TSESTree.Node, side: number, exits: boolean, read: () => void): void {
  const outer = walk.arms;
  walk.arms = [...outer, { branch, side, exits, frame: scopeOf(walk).frame }];
  read();
  walk.arms = outer;
}

/** Collects the steps of a piece of code apart from the rest. */
export function apart(walk: Walk, read: () => void): Step[] {
  const outer = walk.steps;
  walk.steps = [];
  read();
  const { steps } = walk;
  walk.steps = outer;
  return steps;
}

/** The method of this class, or of a base in the same file. */
export function methodOf(facts: ClassFacts, name: string): Method | undefined {
  const own = facts.methods.get(name);
  if (own !== undefined) return own;
  return typeof facts.base === 'object' && !name.startsWith('#') ? methodOf(facts.base, name) : undefined;
}

export interface Entry {
  readonly method: string;
  readonly call?: TSESTree.Node;
  readonly locals: Map<string, Local>;
  readonly waited: boolean;
  readonly tail: boolean;
  readonly isPredicate?: boolean;
}

/** Enters a function, unless that would go too deep or too far. */
export function inFunction(walk: Walk, { method, call, locals, waited, tail, isPredicate = false }: Entry, read: () => void): boolean {
  const depth = walk.scopes.length;
  walk.entered++;
  if (depth > MAX_DEPTH || walk.entered > MAX_ENTERED) {
    walk.cut = true;
    return false;
  }
  const outer = walk.scopes;
  walk.scopes = [...outer, { frame: { method, depth, call, isPredicate }, locals, waited, tail }];
  read();
  walk.scopes = outer;
  return true;
}

export function isOnStack(walk: Walk, method: string): boolean {
  return walk.scopes.some(({ frame }) => frame.method === method);
}

/** The local binding of a name, seen from the innermost function outwards. */
export function localOf(walk: Walk, name: string): Local | undefined {
  return ownerOf(walk, name)?.get(name);
}

/** Changes what a name stands for, in the function that it belongs to. */
export function rebind(walk: Walk, name: string, local: Local): void {
  (ownerOf(walk, name) ?? scopeOf(walk).locals).set(name, local);
}

function ownerOf(walk: Walk, name: string): Map<string, Local> | undefined {
  for (const { locals, frame } of walk.scopes.toReversed()) {
    if (locals.has(name)) return locals;
    if (!frame.method.startsWith('=>')) return undefined;
  }
  return undefined;
}
