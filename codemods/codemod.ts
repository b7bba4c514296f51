import type { Need, Outcome } from '../edits/outcome.ts';
import type { LifecycleSettings } from '../model/settings.ts';
import type { Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';

/** Where the lock comes from: what the project has or async-mutex, or a small file of our own beside the sources. */
export type LockChoice = 'auto' | 'inline';

/**
 * How a lock is held over a body:
 * - `delegate`: the body stays in place under a private name, the public method calls it under the lock
 * - `wrap`: the body moves into the callback of `runExclusive`
 * - `using`: `using _held = …` becomes the first line (TypeScript 5.2 or Node 24)
 */
export type Style = 'delegate' | 'using' | 'wrap';

export interface CodemodOptions {
  readonly lock?: LockChoice;
  readonly style?: Style;
  readonly settings?: LifecycleSettings;
  /** Packages that the project's package.json lists; a lock library among them is used in its own shape. */
  readonly packages?: readonly string[];
  /** Lowest Node major that `engines.node` allows; unknown where it says nothing. */
  readonly nodeMajor?: number;
}

/** Mends, in every service of a file, what its rules find. */
export interface Codemod {
  readonly name: string;
  /** One line for `--list`. */
  readonly description: string;
  /** The rules whose reports it mends. */
  readonly mends: readonly string[];
  /** The outcome for one service: `undefined` where there is nothing to mend. */
  readonly plan: (service: Service, source: Source, options: CodemodOptions) => Outcome | undefined;
}

/** What was done to one service of a file, and what was left. Lines and columns are 1-based, of the original text. */
export interface ServiceResult {
  readonly service: string;
  readonly line: number;
  readonly added: readonly { readonly codemod: string; readonly what: string }[];
  readonly left: readonly { readonly codemod: string; readonly line: number; readonly column: number; readonly why: string }[];
}

/** `text` is the input, to the byte, where nothing was added. */
export interface CodemodResult {
  readonly text: string;
  readonly services: readonly ServiceResult[];
  readonly needs: readonly Need[];
}

/** A file that could not be parsed. Its message is one line; `line` and `column` are 1-based. */
export class UnparsableError extends Error {
  override readonly name = 'UnparsableError';
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}
