import type { TSESTree } from '@typescript-eslint/utils';
import type { Keep } from './ledger.ts';
import type { Code } from './code.ts';
import { follow } from './follow.ts';
import { identifiersOf, type Use, usesOfField, usesOfLocal, usesOfProperty } from './uses.ts';

export interface Kept {
  readonly keep: Keep;
  readonly uses: readonly Use[];
}

/** Where the handle that a call gives is kept, and what is done with it there. */
export function keepOf(node: TSESTree.Node, code: Code): Kept {
  const { end } = follow(node, code, true);
  switch (end.to) {
    case 'dropped':
      return { keep: { in: 'nowhere' }, uses: [] };
    case 'collection':
    case 'field':
      return { keep: { in: end.to, name: end.name }, uses: usesOfField(end.name, code) };
    case 'property':
      return { keep: { in: 'property', name: `${end.field}.${end.name}` }, uses: usesOfProperty(end.name, code) };
    case 'local':
      return keptInLocal(end.id, code);
    default:
      return { keep: { in: 'elsewhere' }, uses: [] };
  }
}

function keptInLocal(id: TSESTree.Identifier, code: Code): Kept {
  const own = usesOfLocal(id, code);
  const [stored] = storedIn(id, code);
  if (stored !== undefined) {
    const later = stored.in === 'property' ? usesOfProperty(stored.name.split('.').at(-1) ?? '', code) : usesOfField(stored.name, code);
    return { keep: stored, uses: [...own.filter(({ kind }) => kind !== 'escape'), ...later] };
  }
  return { keep: own.some(({ kind }) => kind === 'escape') ? { in: 'elsewhere' } : { in: 'local', name: id.name }, uses: own };
}

/** The fields that a local is put into. */
export function storedIn(id: TSESTree.Identifier, code: Code): readonly Extract<Keep, { name: string }>[] {
  return identifiersOf(id, code).flatMap((use): Extract<Keep, { name: string }>[] => {
    const { end } = follow(use, code);
    if (end.to === 'field' || end.to === 'collection') return [{ in: end.to, name: end.name }];
    return end.to === 'property' ? [{ in: 'property', name: `${end.field}.${end.name}` }] : [];
  });
}
