import type { TSESTree } from '@typescript-eslint/utils';
import { type CheckedNode, type Checker, instanceTypeOf } from './instance-type.ts';
import { isDataType } from './is-data-type.ts';
import type { TypeFacts } from './types.ts';

/** The types of a file. The checker is made when it is first asked; `nodeOf` gives none for a node that the compiler does not know. */
export function typeFactsOf(checkerOf: () => Checker, nodeOf: (expression: TSESTree.Node) => CheckedNode | undefined): TypeFacts {
  return {
    typeOf: (expression) => {
      const node = nodeOf(expression);
      return node && instanceTypeOf(checkerOf().getTypeAtLocation(node), checkerOf());
    },
    isData: (expression) => {
      const node = nodeOf(expression);
      return node === undefined ? 'unknown' : isDataType(checkerOf().getTypeAtLocation(node), checkerOf());
    },
  };
}
