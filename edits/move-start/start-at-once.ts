import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { isClass } from '../../model/ast/is-class.ts';
import { keyName } from '../../model/ast/key-name.ts';
import { around, outermost, parentsOf } from '../../model/ast/parents.ts';
import { hostOf } from '../../model/references/host-of.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { insertAfter } from '../text/beside.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { freeName } from '../text/free-name.ts';
import { startsLine } from '../text/starts-line.ts';
import { takenNames } from '../text/taken-names.ts';
import { hoistInstance } from './hoist-instance.ts';
import { holderOf } from './holder-of.ts';
import type { SiteOutcome } from './start-site.ts';

interface Started {
  readonly className: string;
  readonly method: string;
  /** What is done at the start, as text. */
  readonly texts: readonly string[];
}

/** Starts an instance by the next statement after the one that makes it, with nothing between them: all runs in the order in which it ran before. */
export function startAtOnce(source: Source, node: TSESTree.NewExpression, { className, method, texts }: Started): SiteOutcome {
  const { program } = source;
  const host = hostOf(node, program);
  const left = (how: string): SiteOutcome => ({ kind: 'left', why: `\`new ${className}()\` in ${host.name} ${how}`, factory: false });
  if (host.kind === 'constructor') return left(`is made by a constructor, which would begin it in its place: ${method}() has to be called by the start of its owner`);
  if (host.kind === 'class' || host.kind === 'parameter') return left('is the value of a field or a parameter, and cannot be started where it is made');
  const { semicolon } = fileStyleOf(source);
  const place = placeOf(node, source);
  if (place !== undefined && /^[A-Z]/.test(place.text) && texts.some((text) => text.includes(place.text))) return left(`is kept in ${place.text}, which ${method}() looks at`);
  if (place !== undefined) return { kind: 'edit', changes: [insertAfter(source, place.statement, [`${place.text}${place.isMaybe ? '?' : ''}.${method}()${semicolon}`])] };
  const returned = returnedBy(node, program);
  if (returned !== undefined) return { kind: 'edit', changes: splitReturn(source, node, returned, { className, method }) };
  const hoisted = hoistInstance(source, node, localFor(className, program), method);
  if (hoisted !== undefined) return { kind: 'edit', changes: hoisted };
  const holder = holderOf(node, program);
  return left(holder.kind === 'escape' ? holder.how : 'cannot be started where it is made');
}

interface Place {
  readonly text: string;
  readonly statement: TSESTree.Statement;
  /** Whether it is only made under a condition. */
  readonly isMaybe: boolean;
}

/** What names the instance as soon as the statement that makes it is over. */
function placeOf(node: TSESTree.NewExpression, { program }: Source): Place | undefined {
  const parents = parentsOf(program);
  const own = outermost(node, { parents });
  const choice = parents.get(own);
  const isMaybe = choice?.type === 'ConditionalExpression' && isNothing(choice.consequent === own ? choice.alternate : choice.consequent);
  const value = isMaybe ? outermost(choice, { parents }) : own;
  const parent = parents.get(value);
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
    const declaration = parents.get(parent);
    if (declaration?.type !== 'VariableDeclaration' || declaration.declarations.at(-1) !== parent) return undefined;
    const outer = parents.get(declaration);
    const statement = outer?.type === 'ExportNamedDeclaration' ? outer : declaration;
    return isInList(statement, parents.get(statement)) ? { text: parent.id.name, statement, isMaybe } : undefined;
  }
  if (parent?.type !== 'AssignmentExpression' || parent.operator !== '=' || parent.right !== value) return undefined;
  const statement = parents.get(parent);
  const text = targetText(parent.left, program);
  return statement?.type === 'ExpressionStatement' && text !== undefined && isInList(statement, parents.get(statement)) ? { text, statement, isMaybe } : undefined;
}

function isNothing(node: TSESTree.Node): boolean {
  return (node.type === 'Literal' && node.raw === 'null') || (node.type === 'Identifier' && node.name === 'undefined');
}

function isInList(statement: TSESTree.Node, parent: TSESTree.Node | undefined): boolean {
  return (parent?.type === 'BlockStatement' || parent?.type === 'Program' || parent?.type === 'SwitchCase') && contains(parent, statement);
}

/** `bus`, `this.bus`, and the static `Bus.instance` inside of `Bus`; not what a setter is given. */
function targetText(target: TSESTree.Node, program: TSESTree.Program): string | undefined {
  if (target.type === 'Identifier') return target.name;
  if (target.type !== 'MemberExpression' || target.computed) return undefined;
  const owner = [...around(target, { parents: parentsOf(program) })].find(isClass);
  const name = target.property.type === 'PrivateIdentifier' ? `#${target.property.name}` : target.property.name;
  if (owner === undefined) return undefined;
  const isSetter = owner.body.body.some((member) => member.type === 'MethodDefinition' && member.kind === 'set' && keyName(member) === name);
  const { object } = target;
  const isOwn = object.type === 'ThisExpression' || (object.type === 'Identifier' && object.name === owner.id?.name);
  return isSetter || !isOwn ? undefined : `${object.type === 'Identifier' ? object.name : 'this'}.${name}`;
}

function returnedBy(node: TSESTree.NewExpression, program: TSESTree.Program): TSESTree.ReturnStatement | undefined {
  const parents = parentsOf(program);
  const statement = parents.get(node);
  // The cases of a switch share their names.
  return statement?.type === 'ReturnStatement' && /^(?:BlockStatement|Program)$/.test(parents.get(statement)?.type ?? '') ? statement : undefined;
}

/** `const bus = new Bus(); bus.start(); return bus;` for `return new Bus();` */
function splitReturn(source: Source, node: TSESTree.NewExpression, statement: TSESTree.ReturnStatement, { className, method }: Omit<Started, 'texts'>): readonly Change[] {
  const { program, text } = source;
  const [start] = statement.range;
  const name = localFor(className, program);
  const { semicolon } = fileStyleOf(source);
  const head: Change = { start, end: node.range[0], text: `const ${name} = ` };
  const isLine = startsLine(text, start);
  const after = insertAfter(source, statement, [`${name}.${method}()${semicolon}`, `return ${name}${semicolon}`]);
  return [head, isLine ? after : { ...after, start: statement.range[1], end: statement.range[1] }];
}

function localFor(className: string, program: TSESTree.Program): string {
  const taken = takenNames(program);
  return freeName([`${className.charAt(0).toLowerCase()}${className.slice(1)}`, 'created', 'instance'], (one) => taken.has(one));
}
