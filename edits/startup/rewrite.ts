import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../../model/ast/children.ts';
import { boundNames } from '../../model/ast/bound-names.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { visit } from '../../model/ast/visit.ts';
import type { Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { emptiesOf, isNullable } from './is-nullable.ts';
import type { Local } from './locals-round.ts';
import type { ValueOf } from './value-after.ts';

interface Rewritten {
  readonly text: string;
  readonly fields: readonly string[];
}

interface Walk {
  readonly service: Service;
  readonly source: Source;
  readonly locals: ReadonlyMap<string, Local>;
  readonly valueOf: ValueOf;
  readonly bound: ReadonlySet<string>;
  readonly pieces: { readonly range: readonly [number, number]; readonly text: string }[];
  readonly fields: Set<string>;
  why: string | undefined;
}

const CLEARS = /^clear(?:Immediate|Interval|Timeout)$/;

/** An expression of stop as start can have it: locals that were read from fields are read from there again, and handles may be absent. */
export function rewrite(service: Service, source: Source, node: TSESTree.Expression, locals: ReadonlyMap<string, Local>, valueOf: ValueOf): Rewritten | { readonly why: string } {
  const walk: Walk = { service, source, locals, valueOf, bound: boundIn(node), pieces: [], fields: new Set(), why: undefined };
  read(walk, node, [], false);
  if (walk.why !== undefined) return { why: walk.why };
  let text = source.text.slice(...node.range);
  for (const { range, text: piece } of walk.pieces.sort((one, other) => other.range[0] - one.range[0] || other.range[1] - one.range[1])) {
    text = text.slice(0, range[0] - node.range[0]) + piece + text.slice(range[1] - node.range[0]);
  }
  return { text, fields: [...walk.fields] };
}

/** The names that an expression binds inside. */
function boundIn(node: TSESTree.Node): ReadonlySet<string> {
  const bound = new Set<string>();
  visit(node, (below) => {
    if (isFunction(below)) for (const param of below.params) for (const name of boundNames(param)) bound.add(name);
    else if (below.type === 'VariableDeclarator') for (const name of boundNames(below.id)) bound.add(name);
    return undefined;
  });
  return bound;
}

function read(walk: Walk, node: TSESTree.Node, above: readonly TSESTree.Node[], isInArgument: boolean): void {
  const [parent] = above;
  const field = fieldAt(walk, node, parent);
  if (field !== undefined) return write(walk, node, above, isInArgument, field);
  const around = [node, ...above];
  for (const child of childNodes(node)) {
    if (isName(node, child)) continue;
    read(walk, child, around, isInArgument || (node.type === 'CallExpression' && node.arguments.some((argument) => argument === child)));
  }
}

/** The field that a node stands for: `this.server`, or a local that was read from it. */
function fieldAt(walk: Walk, node: TSESTree.Node, parent: TSESTree.Node | undefined): Exclude<Local, 'own'> | undefined {
  if (node.type === 'MemberExpression') {
    const field = node.object.type === 'ThisExpression' ? thisMember(node) : undefined;
    return field === undefined ? undefined : { field, rest: '' };
  }
  if (node.type !== 'Identifier' || walk.bound.has(node.name)) return undefined;
  const local = walk.locals.get(node.name);
  if (local === undefined) return undefined;
  if (local !== 'own' && parent?.type !== 'Property') return local;
  walk.why ??= `is given back with \`${node.name}\`, which only ${walk.service.stop.main.name}() has`;
  return undefined;
}

function write(walk: Walk, node: TSESTree.Node, [parent]: readonly TSESTree.Node[], isInArgument: boolean, { field, rest }: Exclude<Local, 'own'>): void {
  const value = walk.valueOf(field);
  walk.fields.add(field);
  if (value === undefined) walk.why ??= `is not yet in this.${field}, of which ${walk.service.stop.main.name}() gives it back`;
  const isKept = value === `this.${field}`;
  if (value !== undefined && !(isKept && node.type === 'MemberExpression')) walk.pieces.push({ range: node.range, text: value + rest });
  const declared = walk.service.facts.fields.get(field);
  const isCleared = parent?.type === 'CallExpression' && parent.callee.type === 'Identifier' && CLEARS.test(parent.callee.name) && !emptiesOf(declared?.typeAnnotation).includes('null');
  if (isKept && rest === '' && !isCleared && fileStyleOf(walk.source).isTypeScript && isNullable(declared)) guard(walk, node, parent, isInArgument);
}

/** `this.server.close()`, where stop knows that there is a server, becomes `this.server?.close()`. */
function guard({ pieces, source: { text } }: Walk, node: TSESTree.Node, parent: TSESTree.Node | undefined, isInArgument: boolean): void {
  const at = node.range[1];
  const isObject = parent?.type === 'MemberExpression' && parent.object === node && !parent.optional;
  const isCalled = parent?.type === 'CallExpression' && parent.callee === node && !parent.optional;
  const isHanded = parent?.type === 'CallExpression' && parent.callee !== node;
  if ((isInArgument && (isObject || isCalled)) || isHanded) pieces.push({ range: [at, at], text: '!' });
  else if (isObject && !parent.computed) {
    const dot = text.indexOf('.', at);
    pieces.push({ range: [dot, dot], text: '?' });
  } else if (isObject || isCalled) pieces.push({ range: [at, at], text: '?.' });
}

/** A name that is no use of a variable. */
function isName(node: TSESTree.Node, child: TSESTree.Node): boolean {
  if (node.type === 'MemberExpression') return child === node.property && !node.computed;
  return node.type === 'Property' && child === node.key && !node.computed;
}
