import type { TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../ast/key-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { FileNames } from './file-names.ts';

type Permits = 'many' | 'one' | 'unknown';

/** How many holders a semaphore or queue lets in: a lock only with a literal 1. `args` is undefined where there is only a type. */
export function permitsOf(
  args: readonly (TSESTree.Node | undefined)[] | undefined,
  where: 'argument' | 'concurrency',
  { constants }: FileNames,
): Permits {
  if (args === undefined) return 'unknown';
  const direct = where === 'argument' ? args[0] : undefined;
  const options = args.find((arg) => arg?.type === 'ObjectExpression');
  const given = direct !== undefined && direct.type !== 'ObjectExpression' ? direct : optionOf(options, 'concurrency');
  // With no number at all every one of these lets many in, except for a home-made semaphore, which may start with one.
  if (given === undefined) return where === 'argument' ? 'unknown' : args.length === 0 || options !== undefined ? 'many' : 'unknown';
  const value = unwrap(given);
  const known = value.type === 'Identifier' ? (constants.get(value.name) ?? value) : value;
  return known.type === 'Literal' ? (known.value === 1 ? 'one' : 'many') : 'unknown';
}

function optionOf(options: TSESTree.Node | undefined, name: string): TSESTree.Node | undefined {
  if (options?.type !== 'ObjectExpression') return undefined;
  for (const property of options.properties) {
    if (property.type === 'SpreadElement') return property;
    if (keyName(property) === name) return property.value;
  }
  return undefined;
}
