import type { TSESTree } from '@typescript-eslint/utils';

/** Replaces the characters from `start` up to `end` of the original text (UTF-16 offsets); an insertion has `start === end`. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * How far an edit can be trusted: `safe` keeps behaviour and comments, `review` may change order or timing.
 * ESLint offers `safe` as a fix and `review` as a suggestion; codemods apply both.
 */
export type Safety = 'review' | 'safe';

/** A dependency or a file that the edited text needs. `specifier` is as it stands in the import. */
export interface Need {
  readonly specifier: string;
  /** A package to install, or a file to write beside the sources. */
  readonly kind: 'file' | 'package';
  /** Where the file has to stand, told as the project names its files, where it is not for the one source alone that is edited. */
  readonly file?: string;
}

/** Changes that together mend one fact. They do not overlap, and are applied all or none. */
export interface Edit {
  readonly kind: 'edit';
  readonly changes: readonly Change[];
  readonly safety: Safety;
  /** What was added, for the summary: `lifecycle lock`. */
  readonly added: string;
  readonly needs: readonly Need[];
}

/** A place that was left as it is, because the edit could not be proved. */
export interface Leftover {
  readonly kind: 'leftover';
  readonly node: TSESTree.Node;
  /** The reason, to be read after the class's name: `start() calls this.stop(), which would wait for itself`. */
  readonly why: string;
}

export type Outcome = Edit | Leftover;
