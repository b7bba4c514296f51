import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../model/ast/is-function.ts';
import { childNodes } from '../model/ast/children.ts';
import type { MethodValue } from '../model/service.ts';

/** The parameters of a method's locked half, and the arguments that its public half hands on. */
export interface ForwardedParameters {
  readonly declared: string;
  readonly passed: string;
}

/** Undefined where a parameter cannot be handed on by its name alone. */
export function forwardedParameters(value: MethodValue, text: string, isTypeScript: boolean): ForwardedParameters | undefined {
  if (usesArguments(value.body)) return undefined;
  const declared: string[] = [];
  const passed: string[] = [];
  let followsOptional = false;
  for (const param of value.params) {
    const one = forwardOne(param, text, isTypeScript);
    // A type of several lines would be written twice, and one that must be given cannot follow one that need not.
    if (one === undefined || one.declared.includes('\n') || (followsOptional && param.type === 'AssignmentPattern' && isTypeScript))
      return undefined;
    followsOptional ||= param.type === 'Identifier' && param.optional;
    declared.push(one.declared);
    if (one.passed !== '') passed.push(one.passed);
  }
  return { declared: declared.join(', '), passed: passed.join(', ') };
}

function forwardOne(param: TSESTree.Parameter, text: string, isTypeScript: boolean): ForwardedParameters | undefined {
  if ('decorators' in param && param.decorators.length > 0) return undefined;
  if (param.type === 'Identifier') return { declared: declaration(param, text), passed: param.name === 'this' ? '' : param.name };
  if (param.type === 'RestElement' && param.argument.type === 'Identifier') {
    return { declared: declaration(param, text), passed: `...${param.argument.name}` };
  }
  if (param.type !== 'AssignmentPattern' || param.left.type !== 'Identifier') return undefined;
  const { name, typeAnnotation } = param.left;
  if (!isTypeScript) return { declared: name, passed: name };
  const written = typeAnnotation == null ? '' : text.slice(...typeAnnotation.range).replace(/^\s*:\s*/, '');
  // The default takes `undefined` away from the type; the locked half would have to say so.
  if (/\bundefined\b/.test(written)) return undefined;
  const type = written === '' ? literalType(param.right) : written;
  return type === undefined ? undefined : { declared: `${name}: ${type}`, passed: name };
}

function declaration(param: TSESTree.Identifier | TSESTree.RestElement, text: string): string {
  return text.slice(param.range[0], Math.max(param.range[1], param.typeAnnotation?.range[1] ?? 0));
}

function literalType(node: TSESTree.Expression): string | undefined {
  if (node.type === 'TemplateLiteral') return 'string';
  if (node.type !== 'Literal') return undefined;
  return ['boolean', 'number', 'string'].find((type) => typeof node.value === type);
}

function usesArguments(node: TSESTree.Node): boolean {
  if (node.type === 'Identifier' && node.name === 'arguments') return true;
  if (isFunction(node) && node.type !== 'ArrowFunctionExpression') return false;
  return childNodes(node).some(usesArguments);
}

/** Whether a default reads the object: it would be evaluated before the lock is held. */
export function readsThisInDefaults(value: MethodValue): boolean {
  const reads = (node: TSESTree.Node): boolean => node.type === 'ThisExpression' || childNodes(node).some(reads);
  return value.params.some((param) => param.type !== 'Identifier' && reads(param));
}
