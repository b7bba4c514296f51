import type { TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../model/ast/key-name.ts';
import type { ClassNode, Method, Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { methodOf } from '../model/flow/walk.ts';
import { isHalfOf } from '../model/locks/half-name.ts';
import { managesItself } from '../model/manages-itself.ts';
import { isRequired } from '../model/read-sides.ts';
import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { disposeBody, disposeShape } from './dispose-shape.ts';
import { implementDisposable } from './implement-disposable.ts';
import { isSetApart } from './member-spacing.ts';
import type { Change, Leftover, Outcome } from './outcome.ts';
import { spaceAfterKey } from './space-after-key.ts';
import { eolAt } from './text/eol-at.ts';
import { fileStyleOf } from './text/file-style.ts';
import { indentAt } from './text/indent-at.ts';
import { indentUnit } from './text/indent-unit.ts';
import { trailingEnd } from './text/trailing-end.ts';

/** The first Node release line with `Symbol.asyncDispose`. */
const FIRST_NODE = 18;

export interface AsyncDisposeOptions {
  /** Lowest Node major that `engines.node` allows; unknown where it says nothing. */
  readonly nodeMajor?: number;
}

/** Lets `await using` stop a service: `[Symbol.asyncDispose]` calls stop. */
export function addAsyncDispose(service: Service, source: Source, { nodeMajor }: AsyncDisposeOptions = {}): Outcome | undefined {
  const { dispose, facts, node } = service;
  if (dispose.hasAsync === 'yes' ? dispose.reachesStop !== 'no' : !managesItself(service)) return undefined;
  // The dispose of a base in this file calls what the class overrides.
  if (typeof facts.base === 'object' && methodOf(facts.base, service.stop.main.name) !== undefined) return undefined;
  const obstacle = obstacleTo(service, nodeMajor);
  if (obstacle !== undefined) return obstacle;
  const { isTypeScript } = fileStyleOf(source);
  const heir =
    isTypeScript &&
    !facts.node.implements.some(({ expression }) => expression.type === 'Identifier' && expression.name === 'AsyncDisposable');
  const changes = [...(heir ? [implementDisposable(source, node)] : []), insertMethod(source, service, isTypeScript)];
  return { kind: 'edit', changes, safety: 'review', added: '[Symbol.asyncDispose]()', needs: [] };
}

function obstacleTo({ dispose, facts, stop }: Service, nodeMajor: number | undefined): Leftover | undefined {
  const { main } = stop;
  const leave = (why: string, node = main.node): Leftover => ({ kind: 'leftover', node, why });
  const { asyncMethod, syncMethod } = dispose;
  if (asyncMethod !== undefined) return leave(`its [Symbol.asyncDispose]() does not call ${main.name}()`, asyncMethod.node);
  if (dispose.hasAsync === 'unknown')
    return leave('its base class, which cannot be seen from here, may have a [Symbol.asyncDispose]() of its own');
  if (syncMethod !== undefined && callsAny(syncMethod, stop.methods)) {
    return leave(`its [Symbol.dispose]() calls ${main.name}() without waiting; those who rely on it have to change`, syncMethod.node);
  }
  if (facts.bodyless.has('[Symbol.asyncDispose]')) return leave('leaves [Symbol.asyncDispose]() to its subclasses');
  if (main.value.params.some(isRequired)) return leave(`${main.name}() needs an argument, which [Symbol.asyncDispose]() does not get`);
  if (nodeMajor !== undefined && nodeMajor < FIRST_NODE)
    return leave(`runs on Node ${String(nodeMajor)}, which has no Symbol.asyncDispose`);
  return undefined;
}

function callsAny({ value }: Method, methods: readonly Method[]): boolean {
  return someBelow(value, (node) => node.type === 'MemberExpression' && methods.some(({ name }) => name === thisMember(node)));
}

function insertMethod(source: Source, { facts, node, stop }: Service, isTypeScript: boolean): Change {
  const { text } = source;
  const { main } = stop;
  const { semicolon } = fileStyleOf(source);
  const last = halfAfter(node, main) ?? main.node;
  const at = last.range[1];
  const end = trailingEnd(text, at);
  const eol = eolAt(text, main.node.range[0]);
  const indent = indentAt(text, main.node.key.range[0]);
  const lines = disposeBody(facts, main, isTypeScript).map((line) => `${eol}${indent}${indentUnit(text, node)}${line}${semicolon}`);
  const { isAsync } = disposeShape(facts, main, isTypeScript);
  const access = main.node.accessibility === 'public' ? 'public ' : '';
  const head = `${access}${isAsync ? 'async ' : ''}[Symbol.asyncDispose]${spaceAfterKey(source, main)}()${isTypeScript ? ': Promise<void>' : ''} {`;
  const unended = last.type === 'PropertyDefinition' && text[at - 1] !== ';' ? ';' : '';
  const gap = eol.repeat(isSetApart(text, node, main) ? 2 : 1);
  return { start: end, end, text: `${end === at ? unended : ''}${gap}${indent}${head}${lines.join('')}${eol}${indent}}` };
}

/** The locked half that stands after its method, where the lock came first. */
function halfAfter({ body: { body } }: ClassNode, { name, node }: Method): TSESTree.ClassElement | undefined {
  const next = body[body.indexOf(node) + 1];
  if (next?.type !== 'MethodDefinition' && next?.type !== 'PropertyDefinition') return undefined;
  return isHalfOf(keyName(next), name) ? next : undefined;
}
