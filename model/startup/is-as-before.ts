import type { TSESTree } from '@typescript-eslint/utils';
import type { Fields } from './memo-runs.ts';
import type { StartupScope } from './startup-scope.ts';

/** Whether the next start finds all that it tests as the first one did, so that it goes the same way again. */
export function isAsBefore(fields: Fields, fails: TSESTree.Node, { code, tests: { tested, deepWrites } }: StartupScope): boolean {
  const member = code.memberOf.get(fails);
  const deep = deepWrites.filter(({ node }) => code.memberOf.get(node) !== member || node.range[0] < fails.range[0]);
  const written = [...[...fields.keys()].map((field) => `this.${field}`), ...deep.map(({ path }) => path)];
  return tested !== undefined && !tested.some((path) => written.some((other) => path === other || path.startsWith(`${other}.`) || other.startsWith(`${path}.`)));
}
