import type { TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../model/ast/key-name.ts';
import type { ClassNode } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { type FieldRole, rankOfName, rankOfRole } from './field-role.ts';
import { assignedField, constructorFields, leadingFields } from './leading-fields.ts';
import type { MemberNaming } from './member-naming.ts';
import type { Change } from './outcome.ts';
import { placeAmong } from './place-among.ts';
import { eolAt } from './text/eol-at.ts';
import { fileStyleOf } from './text/file-style.ts';
import { indentAt } from './text/indent-at.ts';
import { indentUnit } from './text/indent-unit.ts';
import { startsLine } from './text/starts-line.ts';
import { trailingEnd } from './text/trailing-end.ts';

/**
 * Declares a field after the fields the class begins with, or a limit of the class before them. Fields of several edits come out
 * in one order, whichever is made first. Only a flag and a handle are written again later; a handle of `undefined` is declared by its `type`.
 */
export function insertField(source: Source, node: ClassNode, naming: MemberNaming, name: string, init: string, role: FieldRole | 'handle' = 'lock', type = ''): Change {
  const { isTypeScript, semicolon } = fileStyleOf(source);
  const rank = rankOfRole(role);
  if (naming.inConstructor && role !== 'limit of the class') {
    const assigned = constructorFields(node);
    const line = `this.${name} = ${init}${semicolon}`;
    if (assigned.length > 0) return insertAmong(source, node, assigned, assigned.map(assignedField), { line, rank, isMember: false });
  }
  const isStatic = role === 'limit of the class';
  const declaration = `${naming.modifier}${isStatic ? 'static ' : ''}${isTypeScript && role !== 'flag' && init !== 'undefined' ? 'readonly ' : ''}${name}${type === '' ? '' : `: ${type}`}${init === 'undefined' ? '' : ` = ${init}`}`;
  const leading = leadingFields(node);
  const firstOfInstance = leading.findIndex((member) => !('static' in member && member.static));
  const fields = isStatic && firstOfInstance !== -1 ? leading.slice(0, firstOfInstance) : leading;
  const names = fields.map((field) => (field.type === 'PropertyDefinition' ? keyName(field) : undefined));
  return insertAmong(source, node, fields, names, { line: declaration + semicolon, rank, isMember: true });
}

interface Insertion {
  readonly line: string;
  readonly rank: number;
  /** A member of the class, or a statement of its constructor. */
  readonly isMember: boolean;
}

function insertAmong(
  source: Source,
  node: ClassNode,
  fields: readonly TSESTree.Node[],
  names: readonly (string | undefined)[],
  insertion: Insertion,
): Change {
  const { line } = insertion;
  const ranks = names.map(rankOfName);
  const index = placeAmong(ranks, insertion.rank);
  const [before, after] = [fields[index - 1], fields[index]];
  if (before !== undefined) {
    const others = fields.filter((_field, place) => ranks[place] === undefined);
    return insertAfter(source, before, insertion, { spaced: isSpaced(source.text, others), isOurs: ranks[index - 1] !== undefined });
  }
  return after !== undefined && opensClass(source.text, node, after) ? insertBefore(source.text, after, line) : insertFirst(source, node, line);
}

function isSpaced(text: string, fields: readonly TSESTree.Node[]): boolean {
  const [before, last] = fields.slice(-2);
  return before !== undefined && last !== undefined && /\n[\t ]*\r?\n/.test(text.slice(before.range[1], last.range[0]));
}

interface Neighbour {
  readonly spaced: boolean;
  /** Whether an edit has added it. */
  readonly isOurs: boolean;
}

function insertAfter(source: Source, field: TSESTree.Node, { line, isMember }: Insertion, { spaced, isOurs }: Neighbour): Change {
  const { text } = source;
  const [start, after] = field.range;
  const isEnded = text[after - 1] === ';';
  if (isMember && !startsLine(text, start)) return { start: after, end: after, text: `${isEnded ? '' : ';'} ${ended(line)}` };
  const { semicolon } = fileStyleOf(source);
  const eol = eolAt(text, after);
  const added = `${spaced ? eol : ''}${eol}${indentAt(text, start)}${line}`;
  // The one semicolon in a file without semicolons keeps a field of ours from the member after it.
  if (isMember && isOurs && semicolon === '' && isEnded) return { start: after - 1, end: after - 1, text: added };
  const end = trailingEnd(text, after);
  const isOpen = isMember && semicolon !== '' && !isEnded && end === after;
  return { start: end, end, text: (isOpen ? ';' : '') + added + (isMember && semicolon === '' ? guardSemicolon(text, after) : '') };
}

function insertBefore(text: string, field: TSESTree.Node, line: string): Change {
  const at = field.range[0];
  return { start: at, end: at, text: startsLine(text, at) ? `${line}${eolAt(text, at)}${indentAt(text, at)}` : `${ended(line)} ` };
}

/** Whether nothing but white space is between the class's first brace and the member. */
function opensClass(text: string, { body }: ClassNode, { range: [start] }: TSESTree.Node): boolean {
  const open = body.range[0] + 1;
  return text.slice(trailingEnd(text, open), start).trim() === '';
}

function insertFirst(source: Source, node: ClassNode, line: string): Change {
  const { text } = source;
  const open = node.body.range[0] + 1;
  const [first] = node.body.body;
  if (first !== undefined && !startsLine(text, first.range[0])) return { start: open, end: open, text: ` ${ended(line)}` };
  const at = trailingEnd(text, open);
  const eol = eolAt(text, open);
  const indent = indentAt(text, node.range[0]) + indentUnit(text, node);
  const joins = /^[\t ]*\r?\n[\t ]*(?:\r?\n|\})/.test(text.slice(at)) || (first !== undefined && first === leadingFields(node)[0] && opensClass(text, node, first));
  const guard = fileStyleOf(source).semicolon === '' ? guardSemicolon(text, open) : '';
  return { start: at, end: at, text: `${eol}${indent}${line}${guard}${joins ? '' : eol}` };
}

function ended(line: string): string {
  return line.endsWith(';') ? line : `${line};`;
}

/** A field that ends in `)` would run on into a member that begins like the rest of an expression. */
function guardSemicolon(text: string, after: number): string {
  const next = /^(?:\s|\/\/.*|\/\*[\S\s]*?\*\/|;)*([\S\s])/.exec(text.slice(after))?.[1] ?? '';
  return '[(*'.includes(next) ? ';' : '';
}

/** The first of two fields that an edit puts at one place: what sets it apart from the member that follows is left to the second. */
export function joinNext(source: Source, field: Change, next: Change): Change {
  const areLines = /^\r?\n/.test(field.text) && /^\r?\n/.test(next.text);
  if (!areLines || field.start !== next.start || field.end !== next.end) return field;
  const text = field.text.trimEnd();
  return { ...field, text: fileStyleOf(source).semicolon === '' ? text.replace(/;$/, '') : text };
}
