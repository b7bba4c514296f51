import { memberName } from '../../model/ast/member-name.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { TSESTree } from '@typescript-eslint/utils';
import type { Method } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { fileStyleOf } from '../text/file-style.ts';
import type { UsingTarget } from './using-target.ts';

/** `() => bus.stop()`, for a stack. What it gives must be nothing, or TypeScript does not take it. */
export function stopFunction(source: Source, made: TSESTree.Node, call: TSESTree.CallExpression, text: string, target: UsingTarget): string {
  const { isTypeScript, semicolon } = fileStyleOf(source);
  const callee = unwrap(call.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : undefined;
  const method = name === undefined ? undefined : target.serviceOf(made)?.facts.methods.get(name);
  return !isTypeScript || (method !== undefined && givesNothing(method)) ? `() => ${text}` : `async () => { await ${text}${semicolon} }`;
}

function givesNothing({ value: { returnType } }: Method): boolean {
  const type = returnType?.typeAnnotation;
  if (type?.type === 'TSVoidKeyword') return true;
  const [argument] = type?.type === 'TSTypeReference' ? (type.typeArguments?.params ?? []) : [];
  return type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'Promise' && argument?.type === 'TSVoidKeyword';
}
