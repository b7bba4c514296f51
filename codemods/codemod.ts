import type { DrainTimeoutOptions } from '../edits/drain-timeout-options.ts';
import type { Need, Outcome } from '../edits/outcome.ts';
import type { LifecycleSettings } from '../model/settings.ts';
import type { Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';

export type { LockChoice, Style } from '../edits/lifecycle-lock-options.ts';

export interface CodemodOptions extends DrainTimeoutOptions {
  readonly settings?: LifecycleSettings;
}

/** Mends, in every service of a file, what its rules find. */
export interface Codemod {
  readonly name: string;
  /** One line for `--list`. */
  readonly description: string;
  /** The rules whose reports it mends. */
  readonly mends: readonly string[];
  /** Whether it runs where no codemod is named. */
  readonly isDefault: boolean;
  /** The outcome for one service: `undefined` where there is nothing to mend. @internal */
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
