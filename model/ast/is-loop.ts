import type { TSESTree } from '@typescript-eslint/utils';

export function isLoop({ type }: TSESTree.Node): boolean {
  return /^(?:DoWhile|For|ForIn|ForOf|While)Statement$/.test(type);
}
