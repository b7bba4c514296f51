import type { TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../ast/key-name.ts';
import { functionAround } from '../ast/parents.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import type { Service } from '../service.ts';
import type { ResolvedSettings } from '../settings.ts';
import { bindingOf } from '../names/binding-of.ts';
import { type SignalFile, signalFile } from '../signals/signal-file.ts';
import type { Source } from '../source.ts';
import { isStopName } from './is-stop-call.ts';
import { type KnownStop, serviceOf } from './known-stop.ts';
import { type StartedLocal, usesOf } from './started-local.ts';

/** Whether what it is made from, or started with, may have got hold of it: a registry, an AbortSignal, the class itself. */
export function mayBeOwned(local: StartedLocal, stop: KnownStop, source: Source, settings: ResolvedSettings): boolean {
  const service = serviceOf(local, source, settings);
  if (service !== undefined) return service.facts.base !== 'none' || givesItselfAway(service, stop, signalFile(source.program));
  return !(areData(local.made.arguments, source) && local.start.arguments.every((node) => areData([node], source) || isPrivate(node, local, source)));
}

function areData(nodes: readonly TSESTree.Node[], { types }: Source): boolean {
  return nodes.every((node) => types?.isData?.(node) === 'yes');
}

/** `await client.connect(new Transport(url))`, or with a local that has no other use: nobody else has it. */
function isPrivate(node: TSESTree.Node, { declaration }: StartedLocal, source: Source): boolean {
  const file = signalFile(source.program);
  const inner = unwrap(node);
  if (inner.type === 'NewExpression') return areData(inner.arguments, source);
  const binding = inner.type === 'Identifier' ? bindingOf(inner.name, inner, file.parents) : undefined;
  const made = binding?.kind === 'const' && binding.init !== undefined ? unwrap(binding.init) : undefined;
  if (inner.type !== 'Identifier' || made?.type !== 'NewExpression' || binding?.node.type !== 'VariableDeclarator') return false;
  const isLocal = functionAround(binding.node, file) === functionAround(declaration, file);
  return isLocal && areData(made.arguments, source) && usesOf(inner.name, binding.node, file).length === 1;
}

/** `registry.add(this)`, and `signal.addEventListener('abort', () => this.stop())`. */
function givesItselfAway({ facts }: Service, { name }: KnownStop, { parents }: SignalFile): boolean {
  let found = false;
  visit(facts.node, (node) => {
    const parent = parents.get(node);
    if (node.type === 'MethodDefinition' && isStopName(keyName(node) ?? '')) return 'skip';
    if (node.type === 'ThisExpression') found ||= parent?.type !== 'MemberExpression' || isStopMember(parent, name);
    return undefined;
  });
  return found;
}

function isStopMember(member: TSESTree.MemberExpression, name: string): boolean {
  const called = thisMember(member) ?? '';
  return called === name || isStopName(called);
}
