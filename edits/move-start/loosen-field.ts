import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { methodOf } from '../../model/flow/walk.ts';
import type { ClassFacts } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { fileStyleOf } from '../text/file-style.ts';
import type { Obstacle, StartUnit } from './start-unit.ts';

/** Lets a field be empty until start sets it: its value goes, `readonly` too, and its type takes `undefined`. */
export function loosenField(source: Source, facts: ClassFacts, unit: Exclude<StartUnit, { kind: 'call' }>): readonly Change[] | Obstacle {
  const declared = unit.field === undefined ? undefined : facts.fields.get(unit.field)?.node;
  if (declared?.type === 'TSParameterProperty') return { node: declared, why: `${unit.field ?? ''} is a parameter of the constructor` };
  if (declared?.type !== 'PropertyDefinition') return [];
  const value = unit.kind === 'field' ? cutValue(source.text, declared) : [];
  if (value === undefined) return { node: declared, why: 'a comment stands between the field and its value' };
  if (!fileStyleOf(source).isTypeScript) return value;
  const type = looserType(source, facts, declared, unit);
  return type === undefined ? { node: declared, why: `the type of ${unit.field ?? ''} is not written down, and would have to be` } : [...cutReadonly(source.text, declared), ...type, ...value];
}

function headEnd({ key, typeAnnotation }: TSESTree.PropertyDefinition): number {
  return typeAnnotation?.range[1] ?? key.range[1];
}

function cutValue(text: string, field: TSESTree.PropertyDefinition): readonly Change[] | undefined {
  const [, last] = field.range;
  const end = last - (text[last - 1] === ';' ? 1 : 0);
  const from = headEnd(field);
  const head = /^[!?]?/.exec(text.slice(from))?.[0].length ?? 0;
  const between = text.slice(from + head, field.value?.range[0]);
  return /^\s*=[\s(]*$/.test(between) && /^[\s)]*$/.test(text.slice(field.value?.range[1], end)) ? [{ start: from + head, end, text: '' }] : undefined;
}

function cutReadonly(text: string, { range: [start], key }: TSESTree.PropertyDefinition): readonly Change[] {
  const found = /\breadonly\s+/.exec(text.slice(start, key.range[0]));
  return found === null ? [] : [{ start: start + found.index, end: start + found.index + found[0].length, text: '' }];
}

function looserType(source: Source, facts: ClassFacts, field: TSESTree.PropertyDefinition, { kind, value }: Exclude<StartUnit, { kind: 'call' }>): readonly Change[] | undefined {
  const { definite, optional, typeAnnotation } = field;
  if (definite || optional) return [];
  if (typeAnnotation == null) {
    const type = kind === 'field' ? typeOfValue(source, facts, value) : undefined;
    return type === undefined ? undefined : [{ start: field.key.range[1], end: field.key.range[1], text: `: ${type} | undefined` }];
  }
  const { typeAnnotation: type } = typeAnnotation;
  if (takesUndefined(type)) return [];
  const needsBrackets = type.type === 'TSFunctionType' || type.type === 'TSConstructorType' || type.type === 'TSConditionalType' || type.type === 'TSInferType';
  const [start, end] = type.range;
  return [...(needsBrackets ? [{ start, end: start, text: '(' }] : []), { start: end, end, text: `${needsBrackets ? ')' : ''} | undefined` }];
}

/** `null` would be another value than the field has before start. */
function takesUndefined(type: TSESTree.TypeNode): boolean {
  if (type.type === 'TSUnionType') return type.types.some(takesUndefined);
  return type.type === 'TSUndefinedKeyword' || type.type === 'TSAnyKeyword' || type.type === 'TSUnknownKeyword' || type.type === 'TSVoidKeyword';
}

function typeOfValue({ text }: Source, facts: ClassFacts, value: TSESTree.Expression): string | undefined {
  const call = unwrap(value);
  if (call.type !== 'CallExpression') return undefined;
  const own = thisMember(call.callee);
  const declared = own === undefined ? undefined : methodOf(facts, own)?.value.returnType?.typeAnnotation;
  if (declared !== undefined) return text.slice(...declared.range);
  const name = call.callee.type === 'Identifier' ? calleeName(call) : undefined;
  return name === 'setInterval' || name === 'setTimeout' || name === 'setImmediate' ? `ReturnType<typeof ${name}>` : undefined;
}
