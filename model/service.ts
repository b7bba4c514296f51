import type { TSESTree } from '@typescript-eslint/utils';

/** What is known of a fact. Only `'no'` is ever reported; `'unknown'` is silent. */
export type Fact = 'no' | 'unknown' | 'yes';

export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

export type FunctionNode = TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;

/** A function that can stand as a member's value: it has a body, overload signatures and abstract members do not. */
export type MethodValue = TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression;

/** A method, or a property that holds a function. Accessors and the constructor are not methods. */
export interface Method {
  /** As written after `this`: `start`, `#start`; `[Symbol.asyncDispose]` for that well-known key. */
  readonly name: string;
  readonly node: TSESTree.MethodDefinition | TSESTree.PropertyDefinition;
  readonly value: MethodValue;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly isStatic: boolean;
  /** `private`, `protected` and `#name` are not part of what callers see. */
  readonly isPublic: boolean;
}

export interface Field {
  /** As written after `this`: `running`, `#running`. */
  readonly name: string;
  /** Where it is declared; for a field that only the constructor assigns, that assignment. */
  readonly node: TSESTree.AccessorProperty | TSESTree.AssignmentExpression | TSESTree.PropertyDefinition | TSESTree.TSParameterProperty;
  readonly init: TSESTree.Expression | undefined;
  readonly typeAnnotation: TSESTree.TypeNode | undefined;
  readonly isStatic: boolean;
}

/** One class as it is written, before anything is concluded from it. */
export interface ClassFacts {
  readonly node: ClassNode;
  /** The name in messages: its own, that of the variable or property it is assigned to, else `(anonymous class)`. */
  readonly name: string;
  readonly methods: ReadonlyMap<string, Method>;
  readonly getters: ReadonlyMap<string, MethodValue>;
  readonly fields: ReadonlyMap<string, Field>;
  readonly constructorNode: TSESTree.MethodDefinition | undefined;
  /** Names of abstract members and of overload signatures without an implementation. */
  readonly bodyless: ReadonlySet<string>;
  /** The class it extends: none, one in the same file, or one that cannot be seen from here. */
  readonly base: ClassFacts | 'none' | 'unknown';
  /** Classes of the same file that extend it. */
  readonly subclasses: readonly ClassFacts[];
}

/**
 * - `background`: start spawns work that outlives it
 * - `adapter`: awaits and keeps state, spawns nothing
 * - `in-place runner`: start returns only when stop tells its loop to end
 * - `delegate`: each method is one call on an inner object
 * - `host-serialised`: hooks that a framework calls once and in order
 * - `synchronous`: no await in either method
 */
export type ServiceKind = 'adapter' | 'background' | 'delegate' | 'host-serialised' | 'in-place runner' | 'synchronous';

/** One side of the lifecycle: every method of the class that starts it, or every one that stops it. */
export interface Side {
  /** The method that is named in messages, and that does the work. */
  readonly main: Method;
  /** The methods that do work, `main` first. These are what a lock must cover. */
  readonly methods: readonly Method[];
  /** The methods of this side that only forward to one of `methods` (`close() { return this.stop(); }`). */
  readonly forwarders: readonly Method[];
}

/** A class with a lifecycle pair. Frozen, and the same object for every rule and codemod that looks at the file. */
export interface Service {
  readonly name: string;
  readonly node: ClassNode;
  readonly facts: ClassFacts;
  readonly start: Side;
  readonly stop: Side;
  readonly kind: ServiceKind;
  /** The loop that start awaits: `yes` for an in-place runner, `unknown` where start awaits a loop whose end cannot be told. */
  readonly runsInPlace: Fact;
  readonly lock: LockFacts;
  readonly races: readonly Race[];
  readonly constructorStarts: readonly ConstructorStart[];
  readonly dispose: DisposeFacts;
}

// --- Locks -------------------------------------------------------------------------------------------------------------

/** How a lock is taken: by a callback, by acquire and finally, by a `using` guard, or by a chain of promises. */
export type HoldForm = 'acquire' | 'callback' | 'chain' | 'using';

/** A lock as the methods of a class name it. */
export interface Lock {
  /** `lifecycleLock`, `#mutex`, `lifecycle.mutex`; for a keyed lock with its key: `lock("lifecycle")`. */
  readonly key: string;
  /** Where it lives. Only an instance lock serialises one instance and nothing else. */
  readonly scope: 'global' | 'instance' | 'local' | 'module' | 'static';
  /** The library or class it comes from, when the file tells: `async-mutex`. */
  readonly from: string | undefined;
  /** The declaration, or the first use where the declaration is elsewhere. */
  readonly node: TSESTree.Node;
}

/** Why a hold does not cover the body of the method it is in. */
export type Gap =
  | 'check-before' // state is tested before the lock and not again under it
  | 'never-released'
  | 'nested' // only a branch or an inner block holds it
  | 'not-awaited' // `runExclusive(…)` neither returned nor awaited
  | 'return-unawaited' // `return promise` drops the lock before the promise settles
  | 'unsafe-release' // work between acquire and try, or no finally: a throw keeps the lock for ever
  | 'work-after'
  | 'work-before';

/** One place where a method takes a lock. */
export interface Hold {
  readonly lock: Lock;
  readonly form: HoldForm;
  /** The acquiring call. */
  readonly node: TSESTree.Node;
  /** The nodes that run while it is held: the callback's body, the try block, or the statements after a guard. */
  readonly held: readonly TSESTree.Node[];
  readonly method: Method;
  /** `yes` where it covers the whole body. With `no`, `gap` says how it falls short. */
  readonly covers: Fact;
  readonly gap: { readonly kind: Gap; readonly node: TSESTree.Node } | undefined;
}

/** A call, under a hold, of something that takes the same lock again. None of the promise locks is re-entrant. */
export interface Reentry {
  readonly hold: Hold;
  /** The call that waits for itself: `this.stop()`. */
  readonly node: TSESTree.Node;
  /** The methods passed through, from the holding method to the one that locks again: `['restart', 'stop']`. */
  readonly via: readonly string[];
}

export interface LockFacts {
  /** Every hold of every lock in start-side and stop-side methods. */
  readonly holds: readonly Hold[];
  /** The lock that both sides hold, or the only one that either holds. */
  readonly lifecycle: Lock | undefined;
  /** Whether the working methods of the side hold `lifecycle` over their whole bodies. */
  readonly start: Fact;
  readonly stop: Fact;
  /** Uses of `lifecycle` in methods that are not lifecycle methods and are not reached only from them. */
  readonly hotUses: readonly { readonly node: TSESTree.Node; readonly method: string }[];
  readonly reentries: readonly Reentry[];
  /** Holds that last over the loop of an in-place runner, so that stop can never get in. */
  readonly overLoop: readonly Hold[];
  /** Lock decorators on lifecycle methods (`@Mutex()`): one lock per method unless settings say otherwise. */
  readonly decorators: readonly TSESTree.Decorator[];
}

// --- Races -------------------------------------------------------------------------------------------------------------

/**
 * - `late-guard`: start tests a field, awaits, and writes it only afterwards: a second start passes the test
 * - `no-guard`: nothing in start turns a second call away, and it overwrites what stop would have to release
 * - `stop-during-start`: start stores something after an await, which a stop in between has already cleared
 * - `lost-stop`: stop returns at once because start sets its flag only after an await
 * - `start-during-stop`: stop opens the way for start and then awaits; what it clears afterwards is what start made
 * - `double-stop`: two stops await the release of one handle, which is dropped only afterwards
 */
export type RaceKind = 'double-stop' | 'late-guard' | 'lost-stop' | 'no-guard' | 'start-during-stop' | 'stop-during-start';

/** An interleaving that the text of the two methods allows. Lines are 1-based. */
export interface Race {
  readonly kind: RaceKind;
  /** The field at stake: `running`, `#server`. */
  readonly field: string;
  /** The methods that collide; where a side has several names, not always its main one. */
  readonly start: string;
  readonly stop: string;
  /** The test that lets the other call through, where there is one. */
  readonly check: TSESTree.Node | undefined;
  /** The await during which the other call runs. */
  readonly wait: TSESTree.Node;
  /** The write or release that comes too late. */
  readonly effect: TSESTree.Node;
}

// --- Construction and disposal -------------------------------------------------------------------------------------------

/** Something that begins to run while the object is still being constructed. */
export interface ConstructorStart {
  readonly node: TSESTree.Node;
  readonly what: 'call' | 'loop' | 'timer';
  /** As in the message: `this.start()`, `setInterval(…)`. */
  readonly text: string;
}

export interface DisposeFacts {
  /** Whether the class has `[Symbol.asyncDispose]`; `unknown` where a base out of sight may have it. */
  readonly hasAsync: Fact;
  /** Whether it reaches stop. */
  readonly reachesStop: Fact;
  readonly asyncMethod: Method | undefined;
  /** `[Symbol.dispose]`, which cannot wait for an asynchronous stop. */
  readonly syncMethod: Method | undefined;
}
