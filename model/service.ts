import type { TSESTree } from '@typescript-eslint/utils';
import type { Ledger } from './ledger/ledger.ts';
import type { Protection } from './races/protection.ts';
import type { Flag } from './read-flags.ts';
import type { Parts } from './read-parts.ts';
import type { States } from './states.ts';
import type { RestartFacts } from './restart/restart-facts.ts';

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
  /** What closes races that would be there without it. */
  readonly protections: readonly Protection[];
  /** The fields by which start and stop know whether it runs. */
  readonly flags: readonly Flag[];
  /** The inner services that start begins and stop ends. */
  readonly parts: Parts;
  /** Which of the states of a lifecycle it has, and how it goes from one to the other. */
  readonly states: States;
  readonly drains: readonly Drain[];
  readonly restart: RestartFacts;
  readonly teardown: TeardownFacts;
  readonly startup: StartupFacts;
  readonly transitions: readonly Transition[];
  readonly ledger: Ledger;
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

// --- The drain ---------------------------------------------------------------------------------------------------------

/**
 * Why something that looks like a deadline is none, or a bad one:
 * - `limits-waiting`: it limits only the wait for a lock (async-mutex `withTimeout`, await-lock and async-lock `timeout`)
 * - `frees-slot`: it lets the next one in while the body runs on (p-queue `timeout`, async-lock `maxExecutionTime`)
 * - `resolves`: when the time is up it resolves, and nobody looks at the result (a race against a sleep, p-timeout `fallback`)
 * - `unref`: its timer does not keep the process alive, which exits first
 * - `outside-lock`: it ends the wait of the caller, but the lock inside it stays held by what hangs
 * - `never-cleared`: it ends the wait, but its timer is never cleared and holds up the exit, or fires later
 */
export type DeadlineFlaw = 'frees-slot' | 'limits-waiting' | 'never-cleared' | 'outside-lock' | 'resolves' | 'unref';

/** What is to end a drain that hangs. */
export interface Deadline {
  /** The call, race, loop or option that sets the limit. */
  readonly node: TSESTree.Node;
  readonly flaw: DeadlineFlaw | undefined;
  /** The function or class by which a `catch` tells its timeout from other errors (`TimeoutError`), where the file tells. */
  readonly error: string | undefined;
  /** Where the limit is a method of the class that writes down by itself that the time was up: what sets the limit in there. */
  readonly inside?: TSESTree.Node | undefined;
}

/** An await in stop, or in a helper that only stop calls, that waits for what start began to end. */
export interface Drain {
  /** The await expression, the loop that polls, or the promise that is returned. */
  readonly node: TSESTree.Node;
  /** What is waited for, inside its deadline if it has one: `this.#task`, `this.server.close()`. */
  readonly work: TSESTree.Node;
  /** The work as in messages: `this.server.close()`. */
  readonly name: string;
  /** The method it stands in: a stop-side method or a helper. */
  readonly method: string;
  /** `yes`: a hard deadline rejects, or ends the wait in a way that stop looks at. `no`: nothing does. */
  readonly bounded: Fact;
  readonly deadline: Deadline | undefined;
}

// --- Teardown ----------------------------------------------------------------------------------------------------------

/**
 * What is lost when a step is skipped:
 * - `release`: it releases something
 * - `wait`: it waits for something that has been told to end
 * - `state`: it writes the state without which neither start nor stop does anything any more
 * - `work`: anything else that is awaited
 */
export type StepKind = 'release' | 'state' | 'wait' | 'work';

/** One call in stop that releases one resource, or something else there that can fail or be skipped. */
export interface TeardownStep {
  /** The statement as a whole. */
  readonly node: TSESTree.Node;
  /** The call, the promise that is awaited, or the write. */
  readonly call: TSESTree.Node;
  /** As in messages and logs: `consumer.close`. */
  readonly name: string;
  /** The method it stands in: a stop-side method or a helper. */
  readonly method: string;
  readonly isAwaited: boolean;
  readonly kind: StepKind;
  /**
   * How it fails: `rejects` where it is awaited, `throws` for a synchronous `stop()` of something else, `seldom` for another synchronous
   * release (`socket.close()`), `none` where it cannot.
   */
  readonly failure: 'none' | 'rejects' | 'seldom' | 'throws';
  /** The calls by which stop comes to it, outermost first: `this.#stopAll()`, a callback. Empty in stop itself. */
  readonly via: readonly TSESTree.Node[];
  /** What keeps its failure from going further, for sure, and into how many of `via` that is. */
  readonly caught: { readonly node: TSESTree.Node; readonly depth: number } | undefined;
  /** Whether it is done for each thing in a list. */
  readonly isRepeated: boolean;
  /** Whether the later steps run although this one fails. */
  readonly isolated: Fact;
  /** The steps that are skipped if this one fails, in their order. A step in a loop over a list skips itself: its other rounds. */
  readonly skips: readonly TeardownStep[];
}

export interface TeardownFacts {
  readonly steps: readonly TeardownStep[];
  /** Handlers round a step that keep its failure from everybody: an empty `catch {}`, `.catch(() => {})`. */
  readonly silenced: readonly { readonly node: TSESTree.Node; readonly step: TeardownStep }[];
  /**
   * Handlers round a step that was given the caller's signal, which end a cancellation (`AbortError`) as if the step had succeeded.
   * `isDeliberate`: they single it out; else it is one of the errors that they only log.
   */
  readonly swallowsCancellation: readonly { readonly node: TSESTree.Node; readonly step: TeardownStep; readonly isDeliberate: boolean }[];
}

// --- Startup -----------------------------------------------------------------------------------------------------------

/** One thing that start acquires and that somebody has to give back if start fails later. */
export interface Acquired {
  /** The acquiring call: `await this.pool.connect()`, `setInterval(…)`, `new Worker(…)`. */
  readonly node: TSESTree.Node;
  /** The statement of the start-side method (or of a helper, see `method`) that it stands in. */
  readonly statement: TSESTree.Node;
  /** As in messages: `this.pool.connect()`. */
  readonly name: string;
  readonly method: string;
  /** The field that holds it: `#pool`; `undefined` where it is in a local or nowhere. */
  readonly field: string | undefined;
  readonly isAwaited: boolean;
  /** Whether every start that goes ahead acquires it; otherwise it stands in a branch. */
  readonly isSure: boolean;
  /** How stop gives it back: the call there, or the write that clears its field. `undefined` where stop has none, or it cannot be told. */
  readonly release: TSESTree.Node | undefined;
}

/**
 * Why what is left behind does harm:
 * - `lost`: stop does not give it back either, because it turns its caller away or looks at a field that is not set yet
 * - `again`: nothing keeps the next start from acquiring it a second time, over the first
 */
export type StartupHazard = 'again' | 'lost';

export interface StartupFacts {
  /** In the order of start. Only what is surely acquired there and surely has to be given back. */
  readonly acquired: readonly Acquired[];
  /** `no`: a start that fails after the first acquisition leaves something behind (then `gaps` says what). */
  readonly rolledBack: Fact;
  /** What is left where `fails`, an await that may reject or another call that may throw, does; `left` in the order of start. */
  readonly gaps: readonly { readonly fails: TSESTree.Node; readonly left: readonly [Acquired, ...Acquired[]]; readonly hazards: readonly { readonly kind: StartupHazard; readonly of: Acquired }[] }[];
  /** A flag or memo that is set before `fails` and that no handler takes back, so that the next start does nothing. */
  readonly leftSet: { readonly field: string; readonly node: TSESTree.Node; readonly fails: TSESTree.Node } | undefined;
}

// --- Transitions -------------------------------------------------------------------------------------------------------

/**
 * How a transition outside start and stop can collide with them, or with itself:
 * - `stop-during`: it stores or starts something after an await, which a stop in between has already looked for
 * - `late-guard`: it tests a field, awaits, and writes it only afterwards: a second call passes the test
 * - `start-during`: it lets start in again, awaits, and then clears what the new start has made
 * - `double-release`: it awaits the release of a handle and drops it only afterwards: stop, or a second call, releases it again
 * - `stale`: it tests whether the service runs, awaits, and then ends what by then may be another run
 * - `under-use`: an idle timer ends what another method is still at work with
 */
export type TransitionHazard = 'double-release' | 'late-guard' | 'stale' | 'start-during' | 'stop-during' | 'under-use';

/**
 * A change between running and stopped that is made elsewhere than in start and stop: by an idle timer, an event handler, a
 * reconnect callback, or a method that is called from there.
 */
export interface Transition {
  /** The write, the spawn or the release that makes it. */
  readonly node: TSESTree.Node;
  /** What makes it, as in messages: `` `use()` ``, `the timer callback`, `` `#onIdle()` (timer callback)``. */
  readonly from: string;
  readonly what: 'flag' | 'release' | 'spawn';
  /** The field at stake. */
  readonly field: string;
  /** Whether it is made under the lifecycle lock. */
  readonly held: Fact;
  /**
   * The await where another call gets in: the last one before the change, if nothing is tested again after it, or that of the release which
   * follows the change. For `under-use` it stands in the other method. `check` is what was tested before.
   */
  readonly gap: { readonly check: TSESTree.Node | undefined; readonly wait: TSESTree.Node } | undefined;
  /** The collision that the text allows, whether or not start and stop hold a lock; `undefined` where none is seen. */
  readonly hazard: TransitionHazard | undefined;
  /** The method in the middle of which it can come, for `under-use`: `` `use()` ``. */
  readonly during: string | undefined;
  /** Whether what makes it is of the lifecycle by its name or its callers, so that the lifecycle lock is no stranger there. */
  readonly mayHoldLock: boolean;
}

// --- Construction and disposal -------------------------------------------------------------------------------------------

/** Something that begins to run while the object is still being constructed. */
export interface ConstructorStart {
  readonly node: TSESTree.Node;
  /** The call that begins it; in a helper of the constructor, where `node` is the call of the helper. */
  readonly begins: TSESTree.Node;
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
