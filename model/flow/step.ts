import type { TSESTree } from '@typescript-eslint/utils';

/** What is assigned: a constant, something newly made or acquired, what the caller handed in, or anything else. */
export type Value =
  | { readonly kind: 'constant'; readonly key: string; readonly truthy: boolean }
  | { readonly kind: 'fresh' }
  | { readonly kind: 'given' }
  | { readonly kind: 'other' };

/** The state of a field under which a test turns the caller away. */
export type Condition =
  | { readonly is: 'equal' | 'unequal'; readonly key: string }
  | { readonly is: 'falsy' | 'truthy' }
  | { readonly is: 'other' };

/** One side of a branch. `exits` says that control never comes out at its end. */
export interface Arm {
  readonly branch: TSESTree.Node;
  readonly side: number;
  readonly exits: boolean;
  readonly frame: Frame;
}

/** One function that is being read: the method itself, or one it calls, with the call. */
export interface Frame {
  readonly method: string;
  readonly depth: number;
  readonly call: TSESTree.Node | undefined;
  /** Read only for what it answers: `if (this.isRunning())`. */
  readonly isPredicate: boolean;
}

interface At {
  readonly node: TSESTree.Node;
  /** The branches it stands in, outermost first. */
  readonly arms: readonly Arm[];
  /** The function it stands in and those which called it, outermost first. */
  readonly frames: readonly Frame[];
}

/**
 * A field tested in a condition. `exit` says what is left when `when` holds: the method, or only a loop (`break`) or the helper or callback
 * that the test stands in (`helper`). `partial` says that other conditions must hold too.
 */
export interface TestStep extends At {
  readonly kind: 'test';
  readonly field: string;
  readonly when: Condition;
  readonly exit: 'break' | 'helper' | 'none' | 'return' | 'throw';
  readonly partial: boolean;
}

/** `deep` is a write into the field's value: `this.field.x = …`, `this.field[key] = …`. */
export interface WriteStep extends At {
  readonly kind: 'write';
  readonly field: string;
  readonly value: Value;
  readonly deep: boolean;
}

/** A point where other calls run. `field` is what is awaited; `unseen`, an override whose base cannot be read. */
export interface AwaitStep extends At {
  readonly kind: 'await';
  readonly field: string | undefined;
  readonly unseen: boolean;
}

/** A call that matters: on a field, with a field, of another lifecycle method, or of a function that acquires. */
export interface CallStep extends At {
  readonly kind: 'call';
  readonly name: string;
  /** The field at the root of what it is called on, or an alias of it. */
  readonly on: string | undefined;
  /** Called on a local that was read from the field, which may hold something else by now. */
  readonly viaLocal: boolean;
  /** Fields handed over as arguments. */
  readonly args: readonly string[];
  readonly self: boolean;
  readonly waited: boolean;
}

/** Work that begins and is not waited for: a timer, an async function of this class, or a chain on some other promise. */
export interface SpawnStep extends At {
  readonly kind: 'spawn';
  readonly what: 'chain' | 'task' | 'timer';
  /** The field that keeps it. */
  readonly field: string | undefined;
}

/** A field that is tested in a loop, and its state in which the loop ends. */
export interface LoopEnd {
  readonly field: string;
  readonly when: Condition;
  /** Tested by a local that was read from the field: of its own generation, whatever the field holds by now. */
  readonly viaLocal: boolean;
}

/** A loop with an await in it, other than over a list. `endless` says that its condition is no condition. */
export interface LoopStep extends At {
  readonly kind: 'loop';
  readonly ends: readonly LoopEnd[];
  readonly endless: boolean;
}

export type Step = AwaitStep | CallStep | LoopStep | SpawnStep | TestStep | WriteStep;

/** What a method does, in the order in which it does it, with the helpers of its class read in place. */
export interface Flow {
  readonly method: string;
  readonly steps: readonly Step[];
  /** What goes on behind its back: the rest of async functions that nobody waits for. */
  readonly background: readonly Step[];
  /** Whether the walk stopped early: too deep, or too long. */
  readonly cut: boolean;
}
