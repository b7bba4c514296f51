import type { TSESTree } from '@typescript-eslint/utils';
import type { DrainTimeoutOptions } from '../edits/drain-timeout-options.ts';
import type { Need, Outcome } from '../edits/outcome.ts';
import type { LifecycleSettings } from '../model/settings.ts';
import type { LooksAt } from '../model/prefilter.ts';
import type { Source } from '../model/source.ts';

export type { LockChoice, Style } from '../edits/lifecycle-lock-options.ts';

export interface CodemodOptions extends DrainTimeoutOptions {
  readonly settings?: LifecycleSettings;
  /** How Node loads the file, where its package.json or tsconfig.json says so. */
  readonly format?: 'commonjs' | 'esm';
  /** Which of the classes, functions and modules may be mended: all if nothing is said. Of the others nothing is told either. */
  readonly accept?: (owner: Pick<ServiceResult, 'line' | 'service'>) => boolean;
}

/** What a codemod would do to one class, function or module. */
export interface Plan {
  /** The name of the class or function; `(module)` for what stands in neither. */
  readonly name: string;
  /** The class, the function, or the program. */
  readonly node: TSESTree.Node;
  /** Everything that is to be mended there goes into one edit. */
  readonly outcome: Outcome;
}

/** Mends, in a file, what its rules find. */
export interface Codemod {
  readonly name: string;
  /** One line for `--list`. */
  readonly description: string;
  /** The rules whose reports it mends. */
  readonly mends: readonly string[];
  /** Whether it runs where no codemod is named. */
  readonly isDefault: boolean;
  /** What a file must be able to hold: a service by default. */
  readonly looksAt?: LooksAt;
  /** One plan for each class, function or module with something to mend, in the order of the text. @internal */
  readonly plan: (source: Source, options: CodemodOptions) => readonly Plan[];
}

/** What was done to one service of a file, or to a function or module in it, and what was left. Lines and columns are 1-based, of the original text. */
export interface ServiceResult {
  /** The name of the service, or of what stands in its place. */
  readonly service: string;
  /** What it is, where it is no service. */
  readonly kind?: 'class' | 'function' | 'module';
  readonly line: number;
  readonly added: readonly { readonly codemod: string; readonly what: string }[];
  readonly left: readonly LeftPlace[];
  /** What a comment in the code keeps the codemods from. */
  readonly acknowledged?: readonly LeftPlace[];
}

/** Where a codemod had to leave something, and why. */
export interface LeftPlace {
  readonly codemod: string;
  /** Where it is another file than that of the service. */
  readonly file?: string;
  readonly line: number;
  readonly column: number;
  readonly why: string;
  /** What the comment says that acknowledges it. */
  readonly reason?: string;
}

/** `text` is the input, to the byte, where nothing was added. */
export interface CodemodResult {
  readonly text: string;
  readonly services: readonly ServiceResult[];
  readonly needs: readonly Need[];
  /** Every `lifecycle-codemod-ignore` comment: `isUsed` tells whether it kept its codemod from something, and is left out where that did not run. Left out where there are none. */
  readonly acknowledgements?: readonly {
    readonly codemod: string;
    readonly hasReason: boolean;
    readonly line: number;
    readonly column: number;
    readonly isUsed?: boolean;
  }[];
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
