import type { TSESTree } from '@typescript-eslint/utils';
import { functionOn, pathTo } from './path-to.ts';
import type { Service } from '../../model/service.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Source } from '../../model/source.ts';
import type { Leftover } from '../outcome.ts';
import type { Span } from './span.ts';

/** Why what the last step gives back cannot be lost: unless the method says that it gives nothing, somebody may use it. */
export function resultOf({ last }: Span, { node }: Service, source: Source): Leftover | undefined {
  if (last.type !== 'ReturnStatement' || last.argument === null) return undefined;
  const fn = functionOn(pathTo(node, last));
  if (fn?.async === true && fn.returnType != null && isVoid(fn.returnType.typeAnnotation)) return undefined;
  return { kind: 'leftover', node: last, why: `line ${lineOf(source, last)} returns the result of the last step` };
}

/** `Promise<void>` */
function isVoid(type: TSESTree.TypeNode): boolean {
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier' || type.typeName.name !== 'Promise') return false;
  return type.typeArguments?.params[0]?.type === 'TSVoidKeyword';
}
