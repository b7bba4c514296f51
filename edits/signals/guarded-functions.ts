import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { memberName } from '../../model/ast/member-name.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { visit } from '../../model/ast/visit.ts';
import { lineOf } from '../../model/line-of.ts';
import type { FunctionNode } from '../../model/service.ts';
import { bindingOf } from '../../model/signals/bindings.ts';
import { functionAt } from '../../model/signals/function-at.ts';
import type { SignalHandler } from '../../model/signals/signal.ts';
import type { SignalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';
import { isSameForAll } from './same-for-all.ts';

export interface SignalObstacle {
  readonly node: TSESTree.Node;
  readonly why: string;
}

/** A function that is to turn a second signal away, and its body. */
export interface Guarded {
  readonly fn: FunctionNode;
  readonly body: TSESTree.BlockStatement;
}

/** The functions that every signal of a handler comes through, and nothing else. */
export function guardedFunctions(handler: SignalHandler, file: SignalFile, source: Source): readonly Guarded[] | SignalObstacle {
  const found = new Map<FunctionNode, Guarded>();
  for (const registration of handler.registrations) {
    const { fn, node, isMade } = registration;
    if (isMade) return { node, why: 'its handler is made anew for each signal' };
    if (!isSameForAll(registration, file)) return { node, why: `line ${lineOf(source, node)} may begin the shutdown of one thing among several` };
    const guarded = guardedBy(fn, file);
    if (guarded === undefined) return { node, why: `its handler at line ${lineOf(source, fn)} is one expression` };
    found.set(guarded.fn, guarded);
  }
  const all = [...found.values()];
  for (const { fn } of all) {
    const why = whyNot(fn, handler, file, source);
    if (why !== undefined) return { node: fn, why };
  }
  const { gap } = handler;
  const isReached = gap === undefined || gap.kind === 'no-latch' || gap.kind === 'per-signal' || all.some(({ fn }) => contains(fn, gap.node));
  return isReached ? all : { node: gap.node, why: `\`process.exit()\` stands outside what handles the signal` };
}

/** The handler itself; or, where it only makes one call of a function of the file, that. */
function guardedBy(fn: FunctionNode, file: SignalFile): Guarded | undefined {
  if (fn.body.type === 'BlockStatement') return { fn, body: fn.body };
  const inner = onlyCall(fn.body, file);
  return inner?.body.type === 'BlockStatement' ? { fn: inner, body: inner.body } : undefined;
}

/** `shutdown()` in `void shutdown()` and `shutdown().catch(…)`: what comes after it when it has failed is no part of the shutdown. */
function onlyCall(node: TSESTree.Node, file: SignalFile): FunctionNode | undefined {
  const inner = unwrap(node);
  if (inner.type === 'UnaryExpression' || inner.type === 'AwaitExpression') return onlyCall(inner.argument, file);
  if (inner.type !== 'CallExpression') return undefined;
  const callee = unwrap(inner.callee);
  if (callee.type === 'MemberExpression' && memberName(callee) === 'catch') return onlyCall(callee.object, file);
  return functionAt(callee, file);
}

function whyNot(fn: FunctionNode, { registrations }: SignalHandler, { parents, program }: SignalFile, source: Source): string | undefined {
  const parent = parents.get(fn);
  if (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition' || parent?.type === 'AssignmentExpression') {
    return 'its handler is a member of an object, which is to keep the flag';
  }
  if (!returnsNothing(fn, source)) return `line ${lineOf(source, fn)} promises a result, and a second signal would get none`;
  const id = idOf(fn, parent);
  if (id === undefined) return undefined;
  const own = bindingOf(id.name, fn, parents);
  if (isExported(fn, parents)) return `${id.name}() is exported, and may be called elsewhere`;
  let other: TSESTree.Node | undefined;
  visit(program, (node) => {
    const isUse = node.type === 'Identifier' && node.name === id.name && node !== id && bindingOf(node.name, node, parents)?.node === own?.node;
    if (isUse && !isMemberName(node, parents.get(node)) && !registrations.some((one) => contains(one.node, node)) && !isRemoval(node, parents.get(node))) other ??= node;
    return undefined;
  });
  return other === undefined ? undefined : `${id.name}() is used at line ${lineOf(source, other)} too, and would be turned away there`;
}

function isExported(fn: FunctionNode, parents: SignalFile['parents']): boolean {
  const parent = parents.get(fn);
  const list = parent?.type === 'VariableDeclarator' ? parents.get(parent) : undefined;
  const outer = list === undefined ? parent : parents.get(list);
  return outer?.type === 'ExportNamedDeclaration' || outer?.type === 'ExportDefaultDeclaration';
}

function idOf(fn: FunctionNode, parent: TSESTree.Node | undefined): TSESTree.Identifier | undefined {
  if (fn.type === 'FunctionDeclaration') return fn.id ?? undefined;
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id : undefined;
}

function returnsNothing({ returnType }: FunctionNode, { text }: Source): boolean {
  // oxc says null where others say nothing.
  if (returnType == null) return true;
  return /^:\s*(?:any|unknown|void|Promise<\s*(?:any|unknown|void)\s*>)$/.test(text.slice(...returnType.range));
}

function isMemberName(node: TSESTree.Node, parent: TSESTree.Node | undefined): boolean {
  if (parent?.type === 'MemberExpression') return parent.property === node && !parent.computed;
  return parent?.type === 'Property' && parent.key === node && parent.value !== node && !parent.computed;
}

/** `process.off('SIGINT', shutdown)`. */
function isRemoval(node: TSESTree.Node, parent: TSESTree.Node | undefined): boolean {
  if (parent?.type !== 'CallExpression' || !parent.arguments.some((argument) => argument === node) || isFunction(parent.callee)) return false;
  const callee = unwrap(parent.callee);
  return callee.type === 'MemberExpression' && /^(?:off|removeListener)$/.test(memberName(callee) ?? '');
}
