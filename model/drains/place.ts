import type { TSESTree } from '@typescript-eslint/utils';
import type { LockScope } from '../locks/lock-scope.ts';
import type { Drain, FunctionNode, Lock } from '../service.ts';
import type { KeptPromises } from './kept-promises.ts';
import type { Limit } from './limit.ts';

/** One await, return or loop that is being read, and how long what it waits for can last. */
export interface Wait {
  readonly node: TSESTree.Node;
  readonly work: TSESTree.Node;
  readonly leaves: Limit[];
}

/** What is the same all through one class. */
export interface Walk {
  readonly drains: Drain[];
  /** Awaits whose result nobody looks at. */
  readonly ignored: Set<TSESTree.Node>;
  readonly kept: KeptPromises;
  /** The lifecycle methods: each is read by itself. */
  readonly hooks: ReadonlySet<string>;
  /** The methods of the stop side and the helpers that only they reach. */
  readonly stopOnly: ReadonlySet<string>;
  /** A lock that only stop takes, and that the working methods hold: to take it is to wait for their work. */
  readonly workLock: Lock | undefined;
  /** The functions at the top of the file. */
  readonly functions: ReadonlyMap<string, FunctionNode>;
  readonly seen: Set<TSESTree.Node>;
  /** Whether what a local stands for has to do with the instance. */
  readonly ofInstance: Map<TSESTree.Node, boolean>;
  /** Names and values that are being followed. */
  readonly reading: Set<TSESTree.Node>;
  entered: number;
}

/** Where the walk is. */
export interface Place {
  readonly walk: Walk;
  readonly scope: LockScope;
  readonly fn: FunctionNode;
  readonly method: string;
  readonly stack: readonly FunctionNode[];
  /** The deadline round all of this. */
  readonly limit: Limit;
  /** Where the awaits belong to a wait further out: the callback of `Promise.all(list.map(…))`, or a method that others call too. */
  readonly into: Wait | undefined;
  /** Whether somebody waits for what is returned. */
  readonly isWaited: boolean;
  /** Parameters that are given by whoever stops the service, and have nothing to do with its work. */
  readonly given: ReadonlySet<string>;
  /** Those of them that nobody can leave out. */
  readonly demanded: ReadonlySet<string>;
  /** Whether it depends on an argument if this is reached at all. */
  readonly isOptional: boolean;
}
