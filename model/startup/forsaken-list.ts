import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { around } from '../ast/parents.ts';
import { isFunction } from '../ast/is-function.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Code } from '../ledger/code.ts';

const PUTS = new Set(['add', 'adopt', 'defer', 'move', 'push', 'unshift', 'use']);

/** `undo.defer(…)`, where a function has made the list or stack `undo` and does nothing with it but put things in. */
export function isOnForsakenList(call: TSESTree.CallExpression, code: Code): boolean {
  const callee = unwrap(call.callee);
  const list = callee.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
  if (list?.type !== 'Identifier') return false;
  const method = [...around(list, code)].findLast(isFunction);
  const mentions = (code.names.get(list.name) ?? []).filter((id) => method !== undefined && [...around(id, code)].includes(method));
  const made = mentions.filter((id) => isMade(id, code));
  return made.length === 1 && mentions.every((id) => made.includes(id) || isPut(id, code));
}

/** `const undo = []`, `const undo = new AsyncDisposableStack()`, without `using`. */
function isMade(id: TSESTree.Node, { parents }: Code): boolean {
  const declarator = parents.get(id);
  if (declarator?.type !== 'VariableDeclarator' || declarator.id !== id || declarator.init === null) return false;
  const declaration = parents.get(declarator);
  const isPlain = declaration?.type === 'VariableDeclaration' && !declaration.kind.endsWith('using');
  const init = unwrap(declarator.init);
  return isPlain && ((init.type === 'ArrayExpression' && init.elements.length === 0) || (init.type === 'NewExpression' && init.callee.type === 'Identifier' && /^(?:Async)?DisposableStack$/.test(init.callee.name)));
}

/** A call for its effect alone, or whose result is kept: `undo.move()` must not be. */
function isPut(id: TSESTree.Node, { parents }: Code): boolean {
  const member = parents.get(id);
  if (member?.type !== 'MemberExpression' || member.object !== id || !PUTS.has(memberName(member) ?? '')) return false;
  const call = parents.get(member);
  if (call?.type !== 'CallExpression' || call.callee !== member) return false;
  const name = memberName(member);
  return name === 'adopt' || name === 'use' || parents.get(call)?.type === 'ExpressionStatement';
}
