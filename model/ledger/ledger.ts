import type { TSESTree } from '@typescript-eslint/utils';
import type { Fact, FunctionNode } from '../service.ts';

/** `listener` is taken back by a second call; a `subscription` is ended through what the first call gave. */
export type ResourceKind =
  | 'abort' // an abort controller
  | 'child' // a child process
  | 'listener'
  | 'server'
  | 'service' // an inner service that the class has made and started
  | 'socket'
  | 'subscription'
  | 'task' // a promise that nobody awaits where it begins
  | 'timer'
  | 'watcher'
  | 'worker';

/** What leads to the code in which something is acquired. One place can have several. */
export type Origin =
  | 'call' // a public method other than start and stop
  | 'construction'
  | 'event' // a listener, or another callback that runs later
  | 'start'
  | 'stop'
  | 'timer'; // the callback of a timer

/** Where the handle is kept; `name` is that of the field (`#timer`), of the property (`status.timer`) or of the local. */
export type Keep =
  | { readonly in: 'collection' | 'field' | 'local' | 'property'; readonly name: string }
  | { readonly in: 'elsewhere' } // returned, passed on, or stored where it cannot be followed
  | { readonly in: 'nowhere' };

/** One place that ends something: `clearInterval(this.#timer)`, `await this.#task`, `this.#abort.abort()`, `removeTimer()`. */
export interface Release {
  readonly node: TSESTree.Node;
  /** The member it stands in. */
  readonly method: string;
  /** Whether stop comes through it. */
  readonly isInStop: boolean;
}

/** One thing that the class acquires and has to end. */
export interface Acquisition {
  readonly kind: ResourceKind;
  /** The acquiring call, or `new` expression; of an async callback that a timer calls, the callback. */
  readonly node: TSESTree.Node;
  /** As in messages: `setInterval(…)`, `this.#run()`. */
  readonly text: string;
  /** The member it stands in. */
  readonly method: string;
  readonly origins: ReadonlySet<Origin>;
  readonly keep: Keep;
  /** Whether stop ends it: for a task, whether stop waits until it has ended. */
  readonly released: Fact;
  readonly releases: readonly Release[];
}

/** Work that goes on behind the back of whoever began it. */
export interface Task extends Acquisition {
  readonly kind: 'task';
  /** `own`: a method or function that is written in the class or its file; `foreign`: what somebody else's promise does. */
  readonly work: 'foreign' | 'own';
  /** The function that does the work, where it is in the file. */
  readonly body: FunctionNode | undefined;
  /** Whether somebody looks at its failure: a `catch` at the spawn, or inside the work round all that can fail. */
  readonly observed: Fact;
  /** At most one await, in no loop: a message sent, a record written. */
  readonly isBrief: boolean;
  /** Whether it asks first whether the object still runs: it begins with a test of the object's state, and leaves. */
  readonly isGated: boolean;
  /** Begun again and again by a timer, rather than once. */
  readonly isRecurring: boolean;
  /** The timer itself calls the work, as in `setInterval(async () => …)`. */
  readonly isCallback: boolean;
  /** `void` stands before it: the author says that it is a promise and that nobody waits for it. */
  readonly isVoided: boolean;
}

/** A step of stop before which the timer is not yet cleared, and that may keep it from ever being cleared. */
export interface Obstacle {
  readonly node: TSESTree.Node;
  readonly what: 'await';
}

export interface Timer extends Acquisition {
  readonly kind: 'timer';
  readonly what: 'immediate' | 'interval' | 'timeout';
  /** The function it calls, where it is in the file. */
  readonly callback: FunctionNode | undefined;
  /** Whether it fires again and again: an interval, or a timeout whose callback sets it anew. */
  readonly isRecurring: boolean;
  /** Whether it is there to settle a promise: a sleep, a deadline, a poll. */
  readonly settles: boolean;
  /** Whether its callback waits for something, ends something of the object or sets a timer, without asking first whether the object still runs. */
  readonly acts: boolean;
  /** Whether stop waits for something that its callback does: for a queue to be emptied, for an answer. */
  readonly feeds: boolean;
  readonly unrefed: Fact;
  /** How it can be set again while it still runs: the entry that leads to it, as in messages. */
  readonly rearmed: { readonly from: string; readonly method: string } | undefined;
  /** An await in its own callback, after which it is set again although stop may have cleared it meanwhile. */
  readonly revived: { readonly wait: TSESTree.Node } | undefined;
  /** What stands in stop before the only place that clears it. */
  readonly obstacle: Obstacle | undefined;
  /** The clearing after which the promise that only its callback settles stays pending for ever. */
  readonly strands: TSESTree.Node | undefined;
}

/** Everything that a service acquires, in the order of the file; read when it is first asked for. */
export interface Ledger {
  readonly entries: readonly Acquisition[];
  readonly tasks: readonly Task[];
  readonly timers: readonly Timer[];
}
