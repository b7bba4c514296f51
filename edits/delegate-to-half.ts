import type { TSESTree } from '@typescript-eslint/utils';
import type { ClassNode, Method } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { spaceAfterKey } from './space-after-key.ts';
import { forwardedParameters } from './forwarded-parameters.ts';
import type { LockUse } from './lock-use.ts';
import { isSetApart } from './member-spacing.ts';
import type { Change } from './outcome.ts';
import { asyncKeyword } from './async-keyword.ts';
import { eolAt } from './text/eol-at.ts';
import { fileStyleOf } from './text/file-style.ts';
import { indentAt } from './text/indent-at.ts';
import { indentUnit } from './text/indent-unit.ts';

/** What a method's locked half is called, and how it is declared. */
export interface Half {
  readonly name: string;
  readonly modifier: '' | 'private ';
}

interface Delegation {
  readonly half: Half;
  readonly use: LockUse;
  readonly first: string | undefined;
}

/**
 * Leaves the body where it is, under the name of the locked half, and lets the method call that half under the lock.
 * Undefined where the half cannot be given the same parameters.
 */
export function delegateToHalf(source: Source, node: ClassNode, method: Method, delegation: Delegation): Change[] | undefined {
  const { value } = method;
  const { half, use } = delegation;
  const { isTypeScript } = fileStyleOf(source);
  const params = forwardedParameters(value, source.text, isTypeScript);
  if (params === undefined || !canBeHalved(method)) return undefined;
  const isField = method.node.type === 'PropertyDefinition';
  const frame = publicHalf(source, node, method, delegation, `this.${half.name}(${params.passed})`);
  const space = isField ? '' : spaceAfterKey(source, method);
  const signature = `${space}${typeText(source, value.typeParameters)}(${params.declared})${typeText(source, value.returnType)}`;
  const readonly = isField && isTypeScript ? 'readonly ' : '';
  const declaration =
    half.modifier + readonly + (isField ? `${half.name} = ` : '') + (value.async ? 'async ' : '') + (isField ? '' : half.name);
  const gap = eolAt(source.text, value.body.range[0]).repeat(isSetApart(source.text, node, method) ? 2 : 1);
  const indent = indentAt(source.text, method.node.key.range[0]);
  const text = `${frame}${gap}${indent}${declaration}${signature}${isField ? ' =>' : ''} `;
  const at = value.body.range[0];
  const mustBeAsync = !value.async && (use.form !== 'callback' || value.returnType == null);
  return [{ start: at, end: at, text }, ...(mustBeAsync ? [asyncKeyword(method)] : [])];
}

/** A field must be a plain arrow function with a block, and take its types from itself. */
function canBeHalved({ node, value }: Method): boolean {
  if (node.type === 'MethodDefinition') return value.type === 'FunctionExpression';
  return (
    node.value === value && value.type === 'ArrowFunctionExpression' && value.body.type === 'BlockStatement' && node.typeAnnotation == null
  );
}

function typeText({ text }: Source, node: TSESTree.Node | null | undefined): string {
  return node == null ? '' : text.slice(...node.range);
}

function publicHalf(source: Source, node: ClassNode, method: Method, { use, first }: Delegation, call: string): string {
  const { text } = source;
  const { semicolon } = fileStyleOf(source);
  const eol = eolAt(text, method.value.body.range[0]);
  const outer = indentAt(text, method.node.key.range[0]);
  const unit = indentUnit(text, node);
  const inner = outer + unit;
  const before = first === undefined ? [] : [`${first}${semicolon} // a start that is under way holds the lock`];
  const end = method.node.type === 'PropertyDefinition' ? semicolon : '';
  const block = (lines: readonly string[]): string =>
    `{${eol}${[...before, ...lines].map((line) => inner + line + eol).join('')}${outer}}${end}`;
  if (use.form === 'callback') {
    const held = `${use.open}() => ${call}${use.close}`;
    if (method.value.type === 'ArrowFunctionExpression' && first === undefined) return held + semicolon;
    return block([`return ${held}${semicolon}`]);
  }
  return block(
    use.form === 'guard'
      ? [use.guard + semicolon, `return await ${call}${semicolon}`]
      : [
          use.acquire + semicolon,
          'try {',
          `${unit}return await ${call}${semicolon}`,
          '} finally {',
          `${unit}${use.release}${semicolon}`,
          '}',
        ],
  );
}
