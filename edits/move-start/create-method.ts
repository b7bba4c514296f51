import type { TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../../model/ast/key-name.ts';
import { outermost, parentsOf } from '../../model/ast/parents.ts';
import type { ClassFacts, Method } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { eolAt } from '../text/eol-at.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { freeName } from '../text/free-name.ts';
import { indentAt } from '../text/indent-at.ts';
import { indentUnit } from '../text/indent-unit.ts';
import { leadingStart } from '../text/leading-start.ts';
import { startsLine } from '../text/starts-line.ts';
import type { Obstacle } from './start-unit.ts';

/** Gives a class a static async `create`, which constructs, starts and hands out; it stands before the start method. */
export function createMethod(source: Source, facts: ClassFacts, { name: start, node: entry }: Method): Change | Obstacle {
  const { constructorNode, node } = facts;
  const leave = (why: string): Obstacle => ({ node, why: `it can have no create() of its own: ${why}` });
  if (node.id === null || node.abstract) return leave('it cannot be constructed by its name');
  if (node.superClass !== null) return leave('its base class may have another');
  if (node.body.body.some((member) => 'key' in member && keyName(member) === 'create')) return leave('it has one already');
  const params = constructorNode?.value.params ?? [];
  const members = node.body.body.filter((member) => member.type === 'MethodDefinition' && member.kind === 'constructor');
  const names = params.map(argumentFor);
  if (members.length > 1) return leave('its constructor has overloads');
  if (names.includes(undefined)) return leave('a parameter of its constructor has no name');
  if (!node.body.body.includes(entry) || !startsLine(source.text, entry.range[0])) return leave(`${start}() is not a method of its own`);
  const { text } = source;
  const { isTypeScript, semicolon } = fileStyleOf(source);
  const types = node.typeParameters?.params.map((param) => param.name.name) ?? [];
  const type = `${node.id.name}${types.length === 0 ? '' : `<${types.join(', ')}>`}`;
  const list = params.map((param) => text.slice(...(param.type === 'TSParameterProperty' ? param.parameter : param).range)).join(', ');
  const local = freeName(['created', 'instance'], (one) => names.some((name) => name?.replace('...', '') === one));
  const generics = isTypeScript && node.typeParameters != null ? text.slice(...node.typeParameters.range) : '';
  const head = `static async create${generics}(${list})${isTypeScript ? `: Promise<${type}>` : ''} {`;
  const body = [`const ${local} = new ${isTypeScript ? type : node.id.name}(${names.join(', ')})`, `await ${local}.${start}()`, `return ${local}`];
  const at = leadingStart(source, entry.range[0]);
  const [eol, indent] = [eolAt(text, at), indentAt(text, at)];
  const unit = indentUnit(text, node);
  const lines = [head, ...body.map((line) => `${indent}${unit}${line}${semicolon}`), `${indent}}`];
  return { start: at, end: at, text: `${lines.join(eol)}${eol}${eol}${indent}` };
}

function argumentFor(param: TSESTree.Parameter): string | undefined {
  const target = param.type === 'TSParameterProperty' ? param.parameter : param;
  if (param.decorators.length > 0 || target.decorators.length > 0) return undefined;
  if (target.type === 'Identifier') return target.name;
  if (target.type === 'AssignmentPattern') return target.left.type === 'Identifier' ? target.left.name : undefined;
  return target.type === 'RestElement' && target.argument.type === 'Identifier' ? `...${target.argument.name}` : undefined;
}

/** `await Bus.create(url)` for `new Bus(url)`, where that stands by itself: as an argument, a value, what is returned. */
export function createCall({ program, text }: Source, node: TSESTree.NewExpression): Change | undefined {
  const [start, end] = node.range;
  const head = text.slice(start, node.callee.range[0]);
  const isBare = outermost(node, { parents: parentsOf(program) }) === node;
  if (!isBare || !/^new\s+$/.test(head) || (text[end - 1] !== ')' && node.typeArguments != null)) return undefined;
  const callee = text.slice(...node.callee.range);
  const isCalled = text[end - 1] === ')';
  return { start, end: node.callee.range[1], text: `await ${callee}.create${isCalled ? '' : '()'}` };
}
