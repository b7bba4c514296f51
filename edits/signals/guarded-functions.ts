import type { TSESTree } from '@typescript-eslint/utils';
import { calleeText } from '../../model/ast/callee-text.ts';
import { contains } from '../../model/ast/contains.ts';
import { memberName } from '../../model/ast/member-name.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { lineOf } from '../../model/line-of.ts';
import type { ClassFacts, FunctionNode } from '../../model/service.ts';
import { functionAt } from '../../model/signals/function-at.ts';
import type { SignalHandler } from '../../model/signals/signal.ts';
import type { SignalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';
import { flagClassOf } from './flag-class-of.ts';
import { isSameForAll } from './same-for-all.ts';
import { usesOf } from './uses-of.ts';
import { whyNot, whyNotInside } from './why-not.ts';

export interface SignalObstacle {
  readonly node: TSESTree.Node;
  readonly why: string;
}

/** A function that is to turn a second signal away, and its body. */
export interface Guarded {
  readonly fn: FunctionNode;
  readonly body: TSESTree.BlockStatement;
  /** The class whose member it is. */
  readonly facts: ClassFacts | undefined;
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
    // `() => shutdown().catch(() => shutdown())`
    const [, again] = guarded.fn === fn ? [] : usesOf(guarded.fn, fn, file);
    if (again !== undefined) return { node: again, why: `${calleeText(again)}() is called once more at line ${lineOf(source, again)}, and would be turned away there` };
    const facts = isMember(guarded.fn, file) ? flagClassOf(guarded.fn, handler, file, source) : undefined;
    if (typeof facts === 'string') return { node: guarded.fn, why: facts };
    found.set(guarded.fn, { ...guarded, facts });
  }
  const all = [...found.values()];
  for (const { fn } of all) {
    const why = whyNot(fn, handler, file, source) ?? whyNotInside(fn, all, file, source);
    if (why !== undefined) return { node: fn, why };
  }
  const { gap } = handler;
  const isReached = gap === undefined || gap.kind === 'no-latch' || gap.kind === 'per-signal' || all.some(({ fn }) => contains(fn, gap.node));
  return isReached ? all : { node: gap.node, why: `\`process.exit()\` stands outside what handles the signal` };
}

function isMember(fn: FunctionNode, { parents }: SignalFile): boolean {
  const type = parents.get(fn)?.type;
  return type === 'MethodDefinition' || type === 'PropertyDefinition' || type === 'AssignmentExpression';
}

/** The handler itself; or, where it only makes one call of a function of the file, that. */
function guardedBy(fn: FunctionNode, file: SignalFile): Pick<Guarded, 'body' | 'fn'> | undefined {
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
