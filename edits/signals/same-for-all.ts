import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { bindingOf } from '../../model/names/binding-of.ts';
import { functionAt } from '../../model/signals/function-at.ts';
import type { SignalRegistration } from '../../model/signals/signal.ts';
import type { SignalFile } from '../../model/signals/signal-file.ts';
import { isRound } from './is-round.ts';

/**
 * Whether all that a registration hands to its handler is the signal: a handler that is given one of several servers, or is made for each of
 * them, begins another shutdown each time.
 */
export function isSameForAll({ node, fn }: SignalRegistration, file: SignalFile): boolean {
  const [event, listener] = node.arguments;
  if (event === undefined || listener === undefined) return false;
  const signal = unwrap(event);
  if (isInLoop(loopOf(signal, file) ?? node, file)) return false;
  const isSignal = (argument: TSESTree.Node, own: readonly TSESTree.Parameter[]): boolean => {
    const inner = unwrap(argument);
    if (inner.type !== 'Identifier') return inner.type === 'Literal';
    const isOwn = own.some((param) => param.type === 'Identifier' && param.name === inner.name);
    return isOwn || inner.name === 'undefined' || (signal.type === 'Identifier' && signal.name === inner.name);
  };
  const bound = unwrap(listener);
  if (bound.type === 'CallExpression' && !bound.arguments.every((argument, index) => isSignal(argument, []) || (index === 0 && isOwnObject(argument, bound)))) return false;
  // A block is the handler itself, and shares what is round it with its flag.
  if (fn.body.type === 'BlockStatement') return true;
  return !someBelow(fn.body, (inner) => inner.type === 'CallExpression' && functionAt(inner.callee, file) !== undefined && !inner.arguments.every((argument) => isSignal(argument, fn.params)));
}

/** `this` in `this.#stop.bind(this)`, which keeps the flag. */
function isOwnObject(argument: TSESTree.Node, { callee }: TSESTree.CallExpression): boolean {
  return argument.type === 'ThisExpression' && callee.type === 'MemberExpression' && thisMember(callee.object) !== undefined;
}

/** The loop over the names of signals that gives a registration its signal, or the callback of one. */
function loopOf(signal: TSESTree.Node, { parents }: SignalFile): TSESTree.Node | undefined {
  const scope = signal.type === 'Identifier' ? bindingOf(signal.name, signal, parents)?.scope : undefined;
  return scope !== undefined && isRound(scope, parents.get(scope)) ? scope : undefined;
}

function isInLoop(node: TSESTree.Node, { parents }: SignalFile): boolean {
  for (let at = parents.get(node); at !== undefined; at = parents.get(at)) {
    if (isRound(at, parents.get(at))) return true;
    if (isFunction(at)) return false;
  }
  return false;
}
