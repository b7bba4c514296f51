import type { TSESTree } from '@typescript-eslint/utils';
import type { TypeFacts } from './types.ts';

/**
 * One parsed file: what ESLint, oxlint and the CLI have in common.
 * `text` is without a byte order mark, and every range counts its UTF-16 units.
 */
export interface Source {
  readonly text: string;
  readonly program: TSESTree.Program;
  readonly comments: readonly TSESTree.Comment[];
  /** As given to the parser; tells TypeScript from JavaScript. */
  readonly fileName: string;
  /** How Node loads it, where a package.json or a tsconfig.json says so. */
  readonly format?: 'commonjs' | 'esm';
  /** What a type checker knows, where one has run. */
  readonly types?: TypeFacts;
}
