import type { TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../ast/key-name.ts';

/** Options by which a lock lets the next one in while the body still runs. */
export function hasLeak(options: TSESTree.Node | undefined): boolean {
  return (
    hasOption(options, ['delayBeforeAutomaticRelease', 'ifAvailable', 'maxExecutionTime', 'maxOccupationTime', 'steal']) ||
    hasOption(options, ['timeout'], ['concurrency'])
  );
}

/** Whether an object literal has one of some properties, and all of others. */
export function hasOption(options: TSESTree.Node | undefined, names: readonly string[], beside: readonly string[] = []): boolean {
  if (options?.type !== 'ObjectExpression') return false;
  const keys = options.properties.map((property) => (property.type === 'Property' ? keyName(property) : undefined));
  return keys.some((key) => key !== undefined && names.includes(key)) && beside.every((key) => keys.includes(key));
}
