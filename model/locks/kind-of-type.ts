import type { TSESTree } from '@typescript-eslint/utils';
import { type LockKind, NO_LOCK } from './kind.ts';
import { type KindScope, kindOfName } from './lock-kind.ts';

/** What a type annotation says about being a lock; undefined where it does not say. */
export function kindOfType(type: TSESTree.TypeNode, scope: KindScope): LockKind | undefined {
  switch (type.type) {
    case 'TSUnionType': {
      const parts = type.types.filter(({ type: part }) => part !== 'TSUndefinedKeyword' && part !== 'TSNullKeyword');
      const kinds = parts.map((part) => kindOfType(part, scope));
      return kinds.find((kind) => kind?.isLock !== 'no') ?? kinds[0];
    }
    case 'TSTypeReference': {
      // A qualified name has no counterpart among expressions; its right side is the name of the class.
      const { typeName } = type;
      return kindOfName(typeName.type === 'TSQualifiedName' ? typeName.right : typeName, scope);
    }
    case 'TSArrayType':
    case 'TSBooleanKeyword':
    case 'TSLiteralType':
    case 'TSNumberKeyword':
    case 'TSStringKeyword':
    case 'TSTupleType':
      return NO_LOCK;
    default:
      return undefined;
  }
}
