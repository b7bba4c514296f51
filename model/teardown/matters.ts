import { contains } from '../ast/contains.ts';
import type { ClassNode, TeardownStep } from '../service.ts';

/**
 * The steps that another skips for sure when it fails, where that is likely enough to matter: those that release something, or all that are
 * awaited. What goes wrong within a base class is a matter of that class.
 */
export function missedBy(step: TeardownStep, which: 'awaited' | 'releasing', owner: ClassNode): readonly TeardownStep[] {
  if (step.isolated !== 'no' || step.failure === 'seldom') return [];
  return step.skips.filter((skipped) => matters(skipped, which) && (contains(owner, step.call) || contains(owner, skipped.call)));
}

function matters({ kind, isAwaited, failure }: TeardownStep, which: 'awaited' | 'releasing'): boolean {
  return kind === 'release' || kind === 'state' || (which === 'awaited' && isAwaited && failure !== 'none');
}
