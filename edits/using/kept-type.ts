import type { TSESTree } from '@typescript-eslint/utils';
import { isPropertyName } from '../../model/ast/is-property-name.ts';
import { visit } from '../../model/ast/visit.ts';
import { bindingOf } from '../../model/names/binding-of.ts';
import { signalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';

/** `Store` of `let store: Store | undefined`, where nothing would use its import any more once all these declarations are gone. */
export function keptType(declaration: TSESTree.VariableDeclaration, gone: readonly TSESTree.VariableDeclaration[], source: Source): string | undefined {
  const type = declaration.declarations[0].id.typeAnnotation?.typeAnnotation;
  if (type === undefined) return undefined;
  const { parents } = signalFile(source.program);
  const imported = new Set<string>();
  visit(type, (node) => {
    if (node.type === 'Identifier' && bindingOf(node.name, node, parents)?.kind === 'import') imported.add(node.name);
    return undefined;
  });
  visit(source.program, (node) => {
    if (node.type === 'ImportDeclaration' || gone.some((one) => one === node)) return 'skip';
    if (node.type === 'Identifier' && !isPropertyName(node, parents.get(node))) imported.delete(node.name);
    return undefined;
  });
  const kept = (type.type === 'TSUnionType' ? type.types : [type]).filter((part) => !isEmpty(part));
  return imported.size === 0 || kept.length === 0 ? undefined : kept.map(({ range }) => source.text.slice(...range)).join(' | ');
}

function isEmpty({ type }: TSESTree.Node): boolean {
  return type === 'TSUndefinedKeyword' || type === 'TSNullKeyword';
}
