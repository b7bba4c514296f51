import type { TSESTree } from '@typescript-eslint/utils';
import { isNothing } from '../../model/ast/is-nothing.ts';
import { functionAround } from '../../model/ast/parents.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { classOfThis, type FileCode } from '../../model/kills/file-code.ts';
import { contains } from '../../model/ast/contains.ts';
import type { Kill, Spawn } from '../../model/kills/kill.ts';
import type { ClassFacts } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { insertField } from '../insert-field.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { freeMemberName, memberNamingOf } from '../member-naming.ts';
import type { Change } from '../outcome.ts';
import { insertAfter } from '../text/beside.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { freeLocal } from './free-local.ts';

/** The promise of a child's exit, which is made where the child is. */
export interface ExitPromise {
  /** `exited`, `this.#exited` */
  readonly text: string;
  /** Whether it may be `undefined`, because no child was made yet. */
  readonly isField: boolean;
  readonly declared: Change | undefined;
  readonly captured: readonly Change[];
}

export interface CaptureScope {
  readonly source: Source;
  readonly code: FileCode;
  /** Of the class that the kill belongs to. */
  readonly facts: ClassFacts | undefined;
  readonly unit: string;
}

export function exitPromiseFor(kill: Kill, scope: CaptureScope): ExitPromise | Obstacle {
  const { spawn, name } = kill;
  const leave = (why: string): Obstacle => ({ node: kill.node, why });
  if (spawn?.kept === undefined) return leave(`${name} is made out of sight or in several places, and a process that has exited already tells nobody`);
  const made = madeAs(spawn, scope.code);
  if (made === undefined) return leave(`what makes ${name} stands in no statement of its own`);
  const local = localOf(kill, spawn, scope);
  if (local !== undefined) return inLocal(local, made, scope);
  return inField(kill, spawn, made, scope) ?? leave(`${name} may be another process by then than the one whose exit is waited for`);
}

interface Made {
  readonly statement: TSESTree.Statement;
  /** The variable that holds the child. Undefined where it goes straight into a field. */
  readonly local: string | undefined;
}

function madeAs({ kept }: Spawn, { parents }: FileCode): Made | undefined {
  if (kept === undefined) return undefined;
  const isVariable = kept.type === 'VariableDeclarator';
  const statement = parents.get(kept);
  if (statement?.type !== (isVariable ? 'VariableDeclaration' : 'ExpressionStatement')) return undefined;
  const block = parents.get(statement);
  if (block?.type !== 'BlockStatement' && block?.type !== 'Program') return undefined;
  const target = isVariable ? kept.id : kept.left;
  return { statement, local: target.type === 'Identifier' ? target.name : undefined };
}

/** The variable by which the kill means what the spawn has made, where both do. */
function localOf({ child }: Kill, { kept }: Spawn, { code }: CaptureScope): TSESTree.Identifier | undefined {
  const used = unwrap(child);
  const binding = used.type === 'Identifier' ? code.names.get(used) : undefined;
  if (kept?.type !== 'VariableDeclarator' || binding?.node !== kept || kept.id !== binding.id) return undefined;
  const list = code.parents.get(kept);
  return list?.type === 'VariableDeclaration' && list.kind === 'const' ? binding.id : undefined;
}

function inLocal(id: TSESTree.Identifier, { statement }: Made, { source, code, unit }: CaptureScope): ExitPromise {
  const scope = code.parents.get(statement) ?? code.program;
  const name = freeLocal(['exited', 'childExited'], scope, code);
  const lines = promiseLines(`const ${name}`, id.name, source, unit);
  return { text: name, isField: false, declared: undefined, captured: [insertAfter(source, statement, lines)] };
}

function inField(kill: Kill, spawn: Spawn, made: Made, { source, code, facts, unit }: CaptureScope): ExitPromise | undefined {
  const field = fieldOf(kill, code);
  if (facts === undefined || field === undefined || facts.node !== kill.ownerNode) return undefined;
  if (classOfThis(kill.node, code) !== facts.node || classOfThis(spawn.node, code) !== facts.node) return undefined;
  const given = givenTo(field, facts, code);
  const [only] = given;
  if (given.length !== 1 || only === undefined || !isMadeBy(only, spawn, code)) return undefined;
  const naming = memberNamingOf(facts, source);
  const { isTypeScript, semicolon } = fileStyleOf(source);
  const name = freeMemberName(facts, naming, ['exited', 'childExited']);
  const declared = insertField(source, facts.node, naming, name, 'undefined', 'handle', isTypeScript ? 'Promise<void> | undefined' : '');
  const scope = functionAround(spawn.node, code) ?? facts.node;
  const local = made.local ?? freeLocal(['child', 'childProcess'], scope, code);
  const alias = made.local === undefined ? [`const ${local} = this.${field}${semicolon}`] : [];
  const lines = [...alias, ...promiseLines(`this.${name}`, local, source, unit)];
  return { text: `this.${name}`, isField: true, declared, captured: [insertAfter(source, made.statement, lines)] };
}

/** The field in `this.#child.kill()`, also through `const child = this.#child;`. */
function fieldOf({ child }: Kill, code: FileCode): string | undefined {
  const used = unwrap(child);
  if (used.type !== 'Identifier') return thisMember(used);
  const declaration = code.names.get(used)?.node;
  if (declaration?.type !== 'VariableDeclarator' || declaration.init === null) return undefined;
  if (declaration.id.type === 'Identifier') return thisMember(declaration.init);
  const property = declaration.id.type === 'ObjectPattern' && unwrap(declaration.init).type === 'ThisExpression' ? declaration.id.properties.find((one) => one.type === 'Property' && one.value.type === 'Identifier' && one.value.name === used.name) : undefined;
  return property?.type === 'Property' && property.key.type === 'Identifier' && !property.computed ? property.key.name : undefined;
}

/** All that a field is given in its class and those of the file that extend it, but nothing. */
function givenTo(field: string, { node, fields, subclasses }: ClassFacts, code: FileCode): readonly TSESTree.Node[] {
  const init = fields.get(field)?.init;
  const classes = [node, ...subclasses.map((one) => one.node)];
  const all = code.nodes.flatMap((at) => {
    const isGiven = at.type === 'AssignmentExpression' && thisMember(at.left) === field && classes.some((one) => contains(one, at));
    return isGiven ? [at.right] : [];
  });
  return [...(init === undefined ? [] : [init]), ...all].filter((value) => !isNothing(value));
}

function isMadeBy(value: TSESTree.Node, { node, kept }: Spawn, code: FileCode): boolean {
  const inner = unwrap(value);
  if (inner === node) return true;
  const binding = inner.type === 'Identifier' ? code.names.get(inner) : undefined;
  return binding !== undefined && binding.node === kept && functionAround(inner, code) === functionAround(node, code);
}

/** It settles at 'exit': 'close' waits for whoever else has the pipes. A process that never ran has neither a pid nor an exit. */
function promiseLines(target: string, child: string, source: Source, unit: string): readonly string[] {
  const { isTypeScript, quote, semicolon } = fileStyleOf(source);
  return [
    `${target} = new Promise${isTypeScript ? '<void>' : ''}((resolve) => {`,
    `${unit}${child}.once(${quote}exit${quote}, () => resolve())${semicolon}`,
    `${unit}if (${child}.pid === undefined) resolve()${semicolon}`,
    `})${semicolon}`,
  ];
}
