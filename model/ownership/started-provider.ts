import type { TSESTree } from '@typescript-eslint/utils';
import type { Fact, FunctionNode, Service } from '../service.ts';

/** Something that a function makes, starts and hands out. */
export interface StartedProvider {
  /** `container`: a dependency container calls the function; `factory`: it is named create…, make… or provide…. */
  readonly kind: 'container' | 'factory';
  readonly fn: FunctionNode;
  /** As in messages: `useFactory`, `toDynamicValue`, `createBus`. */
  readonly name: string;
  /** `await bus.start()` without the await. */
  readonly start: TSESTree.CallExpression;
  readonly isAwaited: boolean;
  /** The local that holds it, and where that is declared. */
  readonly variable: string;
  readonly declaration: TSESTree.VariableDeclarator;
  /** Its class, where that is a service of the file. */
  readonly service: Service | undefined;
  /** Whether its class surely has a stop for this start: a service of the file, or a type with a pair. */
  readonly hasStop: boolean;
  /** Whether the start gives a promise. */
  readonly isAsync: Fact;
  /**
   * Whether somebody is told to stop it: `yes` where the file does, `no` where its stop is known or it comes from a package and
   * nothing in the file does, `unknown` else.
   */
  readonly stopped: Fact;
}
