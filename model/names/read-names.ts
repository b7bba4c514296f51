import type { TSESTree } from '@typescript-eslint/utils';
import { isPropertyName } from '../ast/is-property-name.ts';
import type { Parents } from '../ast/parents.ts';
import type { Binding } from './binding.ts';
import { bindingOf } from './binding-of.ts';

/** What the identifiers of a file mean. */
export interface Names {
  /** The binding of each identifier that the file declares, the declaring one too. */
  readonly get: (id: TSESTree.Node) => Binding | undefined;
  readonly has: (id: TSESTree.Node) => boolean;
  /** All identifiers that mean it, in the order of the text, the declaring one left out. */
  readonly mentionsOf: (binding: Binding) => readonly TSESTree.Identifier[];
}

export function readNames(parents: Parents): Names {
  const names = new Map<TSESTree.Node, Binding>();
  const mentions = new Map<Binding, TSESTree.Identifier[]>();
  for (const id of parents.keys()) {
    const binding = id.type !== 'Identifier' || isPropertyName(id, parents.get(id)) ? undefined : bindingOf(id.name, id, parents);
    if (binding === undefined || id.type !== 'Identifier') continue;
    names.set(id, binding);
    if (binding.id === id) continue;
    const known = mentions.get(binding);
    if (known === undefined) mentions.set(binding, [id]);
    else known.push(id);
  }
  for (const list of mentions.values()) list.sort((a, b) => a.range[0] - b.range[0]);
  return { get: (id) => names.get(id), has: (id) => names.has(id), mentionsOf: (binding) => mentions.get(binding) ?? [] };
}
