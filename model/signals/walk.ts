import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../service.ts';
import { below, pathOf, readsOf } from './reads.ts';
import type { Guard, Step, Write } from './run.ts';
import type { SignalFile } from './signal-file.ts';

/** A line of execution. It is moved on while it is walked. */
export interface Thread {
  readonly id: number;
  /** The awaits that have surely been passed. */
  epoch: number;
  /** Those that may have been. */
  passed: number;
}

/** Where the walk is. */
export interface Place {
  readonly thread: Thread;
  readonly guards: readonly Guard[];
  /** What waits for the value that is being read. */
  readonly wait: TSESTree.Node | undefined;
  /** Whether that is the thread itself, which goes on only afterwards. */
  readonly isAwaited: boolean;
  /** Whether somebody waits for what the function returns. */
  readonly isResultAwaited: boolean;
  readonly isRepeated: boolean;
  readonly isOnFailure: boolean;
}

/** A function that is being walked. */
export interface Frame {
  readonly fn: FunctionNode;
  /** The fewest awaits that have been passed at one of its returns. */
  leastAtReturn: number;
}

export class Walk {
  readonly file: SignalFile;
  readonly steps: Step[] = [];
  readonly writes: Write[] = [];
  readonly frames: Frame[] = [];
  /** Conditions in functions that were called, under which these throw or end the process instead of coming back. */
  readonly leaves: Guard[] = [];
  /** Every function that has been walked: their variables are new with each signal. */
  readonly walked = new Set<FunctionNode>();
  dropsListeners = false;
  sendsSignals = false;
  takesLock = false;
  #threads = 0;

  constructor(file: SignalFile) {
    this.file = file;
  }

  fork(from?: Thread): Thread {
    this.#threads++;
    return { id: this.#threads, epoch: from?.epoch ?? 0, passed: from?.passed ?? 0 };
  }

  guard(node: TSESTree.Node, when: boolean | undefined, { thread }: Place, turnsAway = false): Guard {
    return { node, when, turnsAway, epoch: thread.epoch, reads: readsOf(node, this.walked, this.file) };
  }

  /** Being in a loop over what an expression gives. */
  loopGuard(node: TSESTree.Node, place: Place): Guard {
    const guard = this.guard(node, undefined, place);
    const { paths, isPlain } = guard.reads;
    return { ...guard, reads: { isPlain, paths: [...paths, ...paths.map(below)] } };
  }

  write(node: TSESTree.Node, path: string | undefined, sets: boolean | undefined, { thread, guards }: Place): void {
    this.writes.push({ node, path: path ?? '*', sets, epoch: thread.epoch, guards, thread: thread.id, passed: thread.passed });
  }

  /** What a call may change of the objects that it is given. */
  mayChange(node: TSESTree.Node, place: Place): void {
    const path = pathOf(node, this.file);
    if (path !== undefined && path !== 'this') this.write(node, `${path}.*`, undefined, place);
  }
}
