import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { bindingOf } from '../../model/names/binding-of.ts';
import type { SignalRegistration } from '../../model/signals/signal.ts';
import type { SignalFile } from '../../model/signals/signal-file.ts';

/** Whether the signals of a registration are all the events that it is made for: in a loop there may be others beside them. */
export function namesAll({ node, signals }: SignalRegistration, file: SignalFile): boolean {
  const [event] = node.arguments;
  const inner = event === undefined ? undefined : unwrap(event);
  if (inner?.type !== 'Identifier') return inner?.type === 'Literal';
  const scope = bindingOf(inner.name, inner, file.parents)?.scope;
  const list = scope === undefined ? undefined : listOf(scope, file);
  return list?.type === 'ArrayExpression' && list.elements.length === signals.length;
}

function listOf(scope: TSESTree.Node, { parents }: SignalFile): TSESTree.Node | undefined {
  const call = isFunction(scope) ? parents.get(scope) : undefined;
  const callee = call?.type === 'CallExpression' ? unwrap(call.callee) : undefined;
  const over = scope.type === 'ForOfStatement' ? scope.right : callee?.type === 'MemberExpression' ? callee.object : undefined;
  const inner = over === undefined ? undefined : unwrap(over);
  const init = inner?.type === 'Identifier' ? bindingOf(inner.name, inner, parents)?.init : undefined;
  return init === undefined ? inner : unwrap(init);
}
