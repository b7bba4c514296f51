import type { TSESTree } from '@typescript-eslint/utils';
import { type BareStep, type End, escapingSteps, type Piece } from './piece.ts';

/** A handler with the steps whose failure it catches first. */
export interface Caught {
  readonly node: TSESTree.Node;
  readonly end: End;
  readonly steps: readonly BareStep[];
}

/** Every handler of a piece, outermost first. */
export function handlersIn(piece: Piece): readonly Caught[] {
  switch (piece.kind) {
    case 'exit':
    case 'step':
      return [];
    case 'call':
    case 'loop':
      return handlersIn(piece.body);
    case 'try': {
      const { block, handler, finalizer } = piece;
      const own = handler === undefined ? [] : [{ node: handler.node, end: handler.end, steps: escapingSteps(block) }];
      return [...own, ...[block, handler?.body, finalizer].flatMap((part) => (part === undefined ? [] : handlersIn(part)))];
    }
    default:
      return piece.parts.flatMap(handlersIn);
  }
}
