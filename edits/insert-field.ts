import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../model/ast/is-function.ts';
import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import type { ClassNode } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import type { MemberNaming } from './member-naming.ts';
import type { Change } from './outcome.ts';
import { eolAt } from './text/eol-at.ts';
import { fileStyleOf } from './text/file-style.ts';
import { indentAt } from './text/indent-at.ts';
import { indentUnit } from './text/indent-unit.ts';
import { startsLine } from './text/starts-line.ts';
import { trailingEnd } from './text/trailing-end.ts';

/** Declares a field that is set once, after the fields the class begins with. */
export function insertField(source: Source, node: ClassNode, naming: MemberNaming, name: string, init: string): Change {
  const { isTypeScript, semicolon } = fileStyleOf(source);
  if (naming.inConstructor) {
    const assigned = lastConstructorField(node);
    if (assigned !== undefined) return insertLine(source.text, assigned, `this.${name} = ${init}${semicolon}`);
  }
  const declaration = `${naming.modifier}${isTypeScript ? 'readonly ' : ''}${name} = ${init}`;
  const fields = leadingFields(node);
  const last = fields.at(-1);
  if (last === undefined)
    return insertFirst(source, node, declaration + (semicolon || guardSemicolon(source.text, node.body.range[0] + 1)));
  const { text } = source;
  const end = trailingEnd(text, last.range[1]);
  const unended = text[last.range[1] - 1] === ';' || semicolon === '' ? '' : ';';
  const line = declaration + (semicolon || guardSemicolon(text, last.range[1]));
  const insertion = insertLine(text, last, line, isSpaced(text, fields));
  return unended === '' || end !== last.range[1] ? insertion : { ...insertion, text: unended + insertion.text };
}

/** The fields before the first method, functions in fields among the methods. */
function leadingFields(node: ClassNode): TSESTree.ClassElement[] {
  const { body } = node.body;
  const end = body.findIndex((member) => {
    if (member.type === 'MethodDefinition') return true;
    return member.type === 'PropertyDefinition' && member.value != null && isFunction(unwrap(member.value));
  });
  const leading = end === -1 ? body : body.slice(0, end);
  const lastField = leading.findLastIndex(({ type }) => type === 'PropertyDefinition');
  return leading.slice(0, lastField + 1);
}

function isSpaced(text: string, fields: readonly TSESTree.ClassElement[]): boolean {
  const [before, last] = fields.slice(-2);
  return before !== undefined && last !== undefined && /\n[\t ]*\r?\n/.test(text.slice(before.range[1], last.range[0]));
}

function insertLine(text: string, { range: [start, after] }: TSESTree.Node, line: string, spaced = false): Change {
  const end = trailingEnd(text, after);
  const eol = eolAt(text, after);
  return { start: end, end, text: `${spaced ? eol : ''}${eol}${indentAt(text, start)}${line}` };
}

function insertFirst({ text }: Source, node: ClassNode, line: string): Change {
  const open = node.body.range[0] + 1;
  const first = node.body.body[0];
  if (first !== undefined && !startsLine(text, first.range[0])) return { start: open, end: open, text: ` ${line}` };
  const at = trailingEnd(text, open);
  const eol = eolAt(text, open);
  const indent = indentAt(text, node.range[0]) + indentUnit(text, node);
  const isFollowedByBlank = /^[\t ]*\r?\n[\t ]*(?:\r?\n|\})/.test(text.slice(at));
  return { start: at, end: at, text: `${eol}${indent}${line}${isFollowedByBlank ? '' : eol}` };
}

/** A field that ends in `)` would run on into a member that begins like the rest of an expression. */
function guardSemicolon(text: string, after: number): string {
  const next = /^(?:\s|\/\/.*|\/\*[\S\s]*?\*\/|;)*([\S\s])/.exec(text.slice(after))?.[1] ?? '';
  return '[(*'.includes(next) ? ';' : '';
}

/** The last of the assignments to fields with which the constructor begins. */
function lastConstructorField(node: ClassNode): TSESTree.Statement | undefined {
  const constructorNode = node.body.body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor');
  if (constructorNode?.type !== 'MethodDefinition') return undefined;
  const statements = constructorNode.value.body?.body ?? [];
  const first = statements.findIndex(setsField);
  const run = first === -1 ? [] : statements.slice(first);
  const end = run.findIndex((statement) => !setsField(statement));
  return (end === -1 ? run : run.slice(0, end)).at(-1);
}

function setsField(statement: TSESTree.Statement): boolean {
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') return false;
  // What calls a method of the object may already need the lock.
  const { left, right } = statement.expression;
  return thisMember(left) !== undefined && !someBelow(right, (node) => node.type === 'ThisExpression');
}
