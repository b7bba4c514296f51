import type { TSESTree } from '@typescript-eslint/utils';

/** What a name stands for, where the file declares it. There is one of it for each declared name. */
export interface Binding {
  readonly name: string;
  readonly kind: 'catch' | 'class' | 'const' | 'function' | 'import' | 'let' | 'parameter';
  /** The identifier that declares it; of a name declared twice, the first. */
  readonly id: TSESTree.Identifier;
  /** The declarator, the function or class of that name, the import specifier, the parameter, or the pattern of a catch clause. */
  readonly node: TSESTree.Node;
  /** What it is declared as, where that is written down and the name is not taken out of a pattern. */
  readonly init: TSESTree.Node | undefined;
  /** What it is declared in: a function, a block or the program. */
  readonly scope: TSESTree.Node;
}
