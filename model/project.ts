import type { Fact } from './service.ts';
import type { Source } from './source.ts';

/** Where a name stands: the file as an absolute path with forward slashes, and the UTF-16 offset of the first character, counted without a byte order mark. */
export interface Place {
  readonly file: string;
  readonly offset: number;
}

/** How a file becomes what runs, as far as that is known. */
export interface Target {
  /** Whether the compiler of the project turns `await using` into something that any Node runs; `unknown` where another tool emits. */
  readonly lowersUsing: Fact;
  /** Whether `lib` or the types of Node know the name. */
  readonly knowsAsyncDispose: boolean;
  readonly knowsAsyncDisposableStack: boolean;
  /** The tsconfig.json whose `lib` would have to say `ESNext.Disposable`. */
  readonly config: string | undefined;
}

/** A type error as the compiler tells it. Lines are 1-based. */
export interface TypeProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/**
 * All source files of a project, of those it references, and of what they import from one another; declaration files and packages that are
 * installed are not among them. A declaration is known by the place of its name; an anonymous class or function by that of its keyword.
 */
export interface Project {
  readonly files: readonly string[];
  /** Parsed once, with its types; undefined where it cannot be parsed. Throws for a file that is not of the project. */
  readonly sourceOf: (file: string) => Source | undefined;
  /** Every place that names a declaration, under whatever alias, through imports and re-exports; those among them too, the declaration itself not. */
  readonly referencesTo: (declaration: Place) => readonly Place[];
  /** The declaration that a name stands for, aliases followed; undefined where that is not in the project. */
  readonly declarationOf: (name: Place) => Place | undefined;
  /** Whether somebody outside the project can import it: its package is no private one, and an entry of it exports the declaration. */
  readonly isPublished: (declaration: Place) => Fact;
  readonly targetOf: (file: string) => Target;
  /**
   * Of every tsconfig.json that was loaded, in the order of files and lines; if files are named, only of those whose programs hold one of
   * these, which is all that a change to them can break.
   */
  readonly typeProblems: (concerning?: Iterable<string>) => readonly TypeProblem[];
  /** The same project with other texts in some of its files, or with files that are not there yet; nothing is written. */
  readonly withTexts: (texts: ReadonlyMap<string, string>) => Project;
}
