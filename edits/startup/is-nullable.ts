import type { TSESTree } from '@typescript-eslint/utils';
import type { Field } from '../../model/service.ts';

/** Whether the type of a field says that it may be empty: `Server | undefined`, `server?: Server`. */
export function isNullable(field: Field | undefined): boolean {
  if (field === undefined) return false;
  return (field.node.type === 'PropertyDefinition' && field.node.optional) || emptiesOf(field.typeAnnotation).length > 0;
}

/** How the type of a field lets it be empty: `undefined`, `null`. */
export function emptiesOf(type: TSESTree.TypeNode | undefined): readonly ('null' | 'undefined')[] {
  if (type?.type === 'TSUndefinedKeyword') return ['undefined'];
  if (type?.type === 'TSNullKeyword') return ['null'];
  return type?.type === 'TSUnionType' ? type.types.flatMap(emptiesOf) : [];
}
