import type { TSESTree } from '@typescript-eslint/utils';
import type { Step } from '../flow/step.ts';

/** Where a step stands in each of its frames, outermost first: at the call that leads on to it, and in the innermost at itself. */
export function placesOf({ node, frames }: Step): readonly TSESTree.Node[] {
  return frames.map((_, index) => frames[index + 1]?.call ?? node);
}
