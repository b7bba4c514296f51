import type { TSESTree } from '@typescript-eslint/utils';
import type { Fact, FunctionNode } from '../service.ts';

/**
 * Why a child process may outlive whoever ended it:
 * - `not-awaited`: nobody waits for its exit after the signal
 * - `no-deadline`: the exit is waited for, but nothing ends the wait if the child ignores the signal
 * - `no-escalation`: the wait ends in time, and the child is then left alive: nothing sends SIGKILL
 * - `late-listener`: the exit is listened for only after the signal, when it may have come already
 * - `dead-escalation`: SIGKILL is sent only if `!child.killed`, which is false as soon as the first signal went out
 * - `unawaited-escalation`: the exit is waited for before SIGKILL is sent, and not after
 */
export type KillGap = 'dead-escalation' | 'late-listener' | 'no-deadline' | 'no-escalation' | 'not-awaited' | 'unawaited-escalation';

/** Where a child process is made, as far as the file tells. */
export interface Spawn {
  /** The call: `spawn(…)`, `fork(…)`. */
  readonly node: TSESTree.CallExpression;
  /** What its result is given to: the declaration or the assignment. */
  readonly kept: TSESTree.AssignmentExpression | TSESTree.VariableDeclarator | undefined;
}

/** One place that sends a signal to a child process to end it, in a class, a function or a module. Not an escalation itself. */
export interface Kill {
  /** `child.kill('SIGTERM')`. */
  readonly node: TSESTree.CallExpression;
  /** The child: `child`, `this.#child`. */
  readonly child: TSESTree.Expression;
  /** As in messages: `this.#child`. */
  readonly name: string;
  /** `SIGTERM` where the call gives none; `undefined` where it cannot be told. */
  readonly signal: string | undefined;
  /** The function the call stands in; `undefined` at the top of the module. */
  readonly fn: FunctionNode | undefined;
  /** The class, else the function, that it belongs to: its name in messages and in the codemod's summary. */
  readonly owner: string;
  readonly ownerNode: TSESTree.Node;
  readonly spawn: Spawn | undefined;
  /** Whether somebody waits for the exit afterwards, and what does. */
  readonly exitAwaited: Fact;
  readonly wait: TSESTree.Node | undefined;
  /** Whether that wait ends although the child does not. */
  readonly bounded: Fact;
  /** Whether SIGKILL follows when it did not exit in time, and where. SIGKILL sent first needs none: `yes`. */
  readonly escalated: Fact;
  readonly escalation: TSESTree.CallExpression | undefined;
  /** The first thing that is surely missing; `undefined` where nothing is, or where it cannot be told. */
  readonly gap: { readonly kind: KillGap; readonly node: TSESTree.Node } | undefined;
  /** Whether its function goes on as if the child were gone, or only when it is: a stop-like one, or one that throws the handle away. Not where an event or an error is handled. */
  readonly strands: boolean;
  /** Whether the gap is sure to leave a child behind, or a wait without an end, where the child does not end as it is told. */
  readonly isHazard: boolean;
}

/** A test of `child.killed` on which an escalation depends; it can never succeed after a signal was sent. */
export interface DeadEscalation {
  /** The test: `!child.killed`, `child.killed === false`, or `child.killed` where that leads round the escalation. */
  readonly node: TSESTree.Expression;
  /** What the test stands in: the `if`, `&&`. */
  readonly parent: TSESTree.Node;
  readonly child: TSESTree.Expression;
  /** The signal that was sent before. */
  readonly first: TSESTree.CallExpression;
  readonly escalation: TSESTree.CallExpression;
  /** What the escalation sends: `SIGKILL`. */
  readonly signal: string;
  readonly owner: string;
  readonly ownerNode: TSESTree.Node;
}

/** A signal to a pid that was kept, with no look at what runs under it by now. */
export interface StalePid {
  /** `process.kill(pid, 'SIGTERM')`. */
  readonly node: TSESTree.CallExpression;
  /** The pid as in messages: `record.pid`. */
  readonly name: string;
  /** `read`: it comes from a file; `loaded`: from a store; `not-cleared`: from a field that is not cleared when the child ends. */
  readonly from: 'loaded' | 'not-cleared' | 'read';
  /** Where it comes from. */
  readonly source: TSESTree.Node;
  readonly owner: string;
  readonly ownerNode: TSESTree.Node;
}

/** What a file does to processes, in the order of the text. */
export interface KillFacts {
  readonly kills: readonly Kill[];
  readonly dead: readonly DeadEscalation[];
  readonly stale: readonly StalePid[];
}
