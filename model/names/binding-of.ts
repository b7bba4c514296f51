import type { TSESTree } from '@typescript-eslint/utils';
import type { Parents } from '../ast/parents.ts';
import type { Binding } from './binding.ts';
import { scopesOf } from './scopes-of.ts';

/** What a name means at a place in the file; `undefined` for globals. */
export function bindingOf(name: string, from: TSESTree.Node, parents: Parents): Binding | undefined {
  const scopes = scopesOf(parents);
  for (let at: TSESTree.Node | undefined = from; at !== undefined; at = parents.get(at)) {
    const found = scopes.get(at)?.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}
