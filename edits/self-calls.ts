import type { TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../model/ast/key-name.ts';
import { memberName } from '../model/ast/member-name.ts';
import { visit } from '../model/ast/visit.ts';
import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import type { ClassFacts, Method, Service } from '../model/service.ts';
import type { Mention } from './mention.ts';
import { walkHeld } from './walk-held.ts';

/** What the code under a lifecycle lock does with the methods that take that lock. */
export interface SelfCalls {
  /** Calls that would wait for the lock which their caller holds, with the method each one names. */
  readonly held: readonly Mention[];
  /** Calls that are made at once and that nobody waits for: they take the lock in their turn. */
  readonly unwaited: readonly Mention[];
  /** Methods that are given to handlers and timers, which run in the lock's context of whoever set them. */
  readonly handedOut: readonly Mention[];
  readonly obstacle: { readonly node: TSESTree.Node; readonly why: string } | undefined;
}

/** `locked` are the methods that will hold the lock; `holds`, the calls that take it already. */
export function readSelfCalls({ facts, start, stop }: Service, locked: readonly string[], holds: readonly TSESTree.Node[]): SelfCalls {
  const forwards = new Map([...start.forwarders, ...stop.forwarders].flatMap((method) => forwardTo(method, locked)));
  const held = walkHeld(facts, locked, forwards, holds);
  const { mentions } = held;
  const ofLocked = mentions.filter(({ name }) => locked.includes(name));
  const calls = ofLocked.filter(({ state }) => state === 'held');
  const unwaited = ofLocked.filter(({ state, isCall, nested }) => state === 'free' && isCall && !nested);
  const obstacle = obstacleOf(facts, locked, held) ?? aliasOf(facts, locked) ?? overrideOf(facts, facts, locked);
  return { held: calls, unwaited, handedOut: ofLocked.filter(({ state }) => state === 'free'), obstacle };
}

/** `close() { return this.stop(); }` */
function forwardTo({ name, value }: Method, locked: readonly string[]): readonly (readonly [string, string])[] {
  const targets = locked.filter((target) =>
    someBelow(value.body, (node) => node.type === 'CallExpression' && node.arguments.length === 0 && thisMember(node.callee) === target),
  );
  const [target] = targets;
  return value.params.length > 0 || target === undefined || targets.length > 1 ? [] : [[name, target]];
}

/** `const self = this; … self.stop()`: what is called through another name for the object is not followed. */
function aliasOf(facts: ClassFacts, locked: readonly string[]): SelfCalls['obstacle'] {
  const aliases = new Set<string>();
  let found: TSESTree.Node | undefined;
  visit(facts.node.body, (node) => {
    const [target, value] = assigned(node);
    if (target !== undefined && value != null && unwrap(value).type === 'ThisExpression') {
      const alias = target.type === 'Identifier' ? target.name : thisMember(target);
      if (alias !== undefined) aliases.add(alias);
      if (target.type === 'ObjectPattern' && target.properties.some((own) => own.type === 'Property' && locked.includes(keyName(own) ?? '')))
        found ??= node;
    }
    if (node.type !== 'MemberExpression' || !locked.includes(memberName(node) ?? '')) return undefined;
    const object = unwrap(node.object);
    const holder = object.type === 'Identifier' ? object.name : object.type === 'MemberExpression' ? memberName(object) : undefined;
    if (holder !== undefined && (aliases.has(holder) || (holder === 'prototype' && object.type === 'MemberExpression'))) found ??= node;
    return undefined;
  });
  return found && { node: found, why: 'calls its own lifecycle methods through another name for this' };
}

/** `async onStart() { await this.stop(); }` in a subclass, which start may be waiting for. */
function overrideOf(facts: ClassFacts, { subclasses }: ClassFacts, locked: readonly string[]): SelfCalls['obstacle'] {
  for (const subclass of subclasses) {
    for (const { name, value } of subclass.methods.values()) {
      const calls = (node: TSESTree.Node): boolean => locked.includes(thisMember(node) ?? '');
      if (facts.methods.has(name) && someBelow(value.body, calls))
        return { node: subclass.node, why: `its subclass ${subclass.name} calls its lifecycle methods in ${name}(), which overrides its own` };
    }
    const found = overrideOf(facts, subclass, locked);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a node gives a name, a field or a key to, and the value that it has from then on. */
function assigned(node: TSESTree.Node): readonly [] | readonly [TSESTree.Node, TSESTree.Node | null] {
  switch (node.type) {
    case 'VariableDeclarator':
      return [node.id, node.init];
    case 'AssignmentExpression':
    case 'AssignmentPattern':
      return [node.left, node.right];
    case 'Property':
    case 'PropertyDefinition':
      return [node.key, node.value];
    default:
      return [];
  }
}

function obstacleOf(facts: ClassFacts, locked: readonly string[], { mentions, drains, polls, awaitedFields }: ReturnType<typeof walkHeld>): SelfCalls['obstacle'] {
  for (const mention of mentions) {
    if (!locked.includes(mention.name)) continue;
    const { node, name, state, host } = mention;
    if (state === 'unsure') return { node, why: `${host}() names this.${name} where it cannot be told whether the lock is held by then` };
    if (state === 'held' && !mention.isCall) return { node, why: `${host}() hands on this.${name} and waits for what is done with it` };
    if (mention.isLeftBehind) return { node, why: `${host}() fails and calls this.${name}() without waiting for it, which would then also end what a later start has begun` };
    if (mention.keptIn !== undefined && state === 'free' && awaitedFields.has(mention.keptIn))
      return { node, why: `${host}() keeps the promise of this.${name}() in this.${mention.keptIn}, for which code under the lock waits` };
    if (state === 'free' && ((mention.waits && drains) || (mention.isAwaitedFree && polls))) {
      return { node, why: `${host}() runs in the background and waits for this.${name}(), which may be waiting for it` };
    }
    if (state === 'held' && !locked.includes(host) && !isOnlyHeld(facts, host, mentions)) {
      return { node, why: `${host}() calls this.${name}() and is used both under the lock and without it` };
    }
  }
  return undefined;
}

/** Whether a helper is private and all that names it is a call under the lock. */
function isOnlyHeld(facts: ClassFacts, helper: string, mentions: readonly Mention[]): boolean {
  const method = facts.methods.get(helper);
  if (method === undefined || (method.isPublic && !helper.startsWith('_'))) return false;
  if (!helper.startsWith('#') && facts.subclasses.length > 0) return false;
  const held: ReadonlySet<TSESTree.Node> = new Set(
    mentions.filter(({ name, state, isCall }) => name === helper && state === 'held' && isCall).map(({ node }) => node),
  );
  return namesOf(facts, helper).every((node) => held.has(node));
}

function namesOf(facts: ClassFacts, name: string): readonly TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  visit(facts.node.body, (node) => {
    if (node.type === 'MemberExpression' && memberName(node) === name) found.push(node);
    return undefined;
  });
  return found;
}
