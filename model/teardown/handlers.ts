import type { TSESTree } from '@typescript-eslint/utils';
import { type BareStep, type End, escapingSteps, partsOf, type Piece } from './piece.ts';

/** A handler with the steps whose failure it catches first. */
export interface Caught {
  readonly node: TSESTree.Node;
  readonly end: End;
  readonly steps: readonly BareStep[];
}

/** Every handler of a piece, outermost first. */
export function handlersIn(piece: Piece): readonly Caught[] {
  const handler = piece.kind === 'try' ? piece.handler : undefined;
  const own = piece.kind !== 'try' || handler === undefined ? [] : [{ node: handler.node, end: handler.end, steps: escapingSteps(piece.block) }];
  return [...own, ...partsOf(piece).flatMap(handlersIn)];
}
