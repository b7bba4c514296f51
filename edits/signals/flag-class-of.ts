import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { keyName } from '../../model/ast/key-name.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { visit } from '../../model/ast/visit.ts';
import { lineOf } from '../../model/line-of.ts';
import type { ClassFacts, FunctionNode } from '../../model/service.ts';
import { isExit } from '../../model/signals/is-exit.ts';
import type { SignalHandler } from '../../model/signals/signal.ts';
import { classAt, type SignalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';
import { isRemoval } from './is-removal.ts';

/** The class that is to keep the flag of a handler that is its member; or why it cannot. */
export function flagClassOf(fn: FunctionNode, handler: SignalHandler, file: SignalFile, source: Source): ClassFacts | string {
  const member = file.parents.get(fn);
  const facts = classAt(fn, file);
  const isMember = member?.type === 'MethodDefinition' || member?.type === 'PropertyDefinition';
  const name = isMember ? keyName(member) : undefined;
  if (!isMember || facts === undefined || name === undefined) return 'its handler is a member of an object, which is to keep the flag';
  if (fn.type !== 'ArrowFunctionExpression' && handler.registrations.some(({ node }) => !isBound(node))) return `${name}() is handed over without its object, which is to keep the flag`;
  if (!name.startsWith('#') && member.accessibility !== 'private') return `${name}() is not private, and may be called elsewhere`;
  const other = otherUse(name, member, handler, file);
  if (other !== undefined) return `${name}() is used at line ${lineOf(source, other)} too, and would be turned away there`;
  const isOver = fn.body.type === 'BlockStatement' && exits(fn.body) && !someBelow(fn.body, ({ type }) => type === 'ReturnStatement', isFunction);
  return isOver ? facts : `${name}() may come to its end without ending the process, and its object may be started again`;
}

/** `() => this.stop()` and `this.stop.bind(this)`, where a bare `this.stop` loses its object. */
function isBound({ arguments: [, listener] }: TSESTree.CallExpression): boolean {
  const inner = listener === undefined ? undefined : unwrap(listener);
  return inner?.type === 'ArrowFunctionExpression' || (inner?.type === 'CallExpression' && inner.arguments[0]?.type === 'ThisExpression');
}

function otherUse(name: string, member: TSESTree.Node, { registrations }: SignalHandler, { program, parents }: SignalFile): TSESTree.Node | undefined {
  const plain = name.replace('#', '');
  let other: TSESTree.Node | undefined;
  visit(program, (node) => {
    const isName = name.startsWith('#') ? node.type === 'PrivateIdentifier' && node.name === plain : (node.type === 'Identifier' && node.name === plain) || (node.type === 'Literal' && node.value === plain);
    const at = parents.get(node);
    if (!isName || at === member || at === undefined) return undefined;
    const isOurs = registrations.some(({ node: { range } }) => range[0] <= node.range[0] && node.range[1] <= range[1]);
    if (!isOurs && !isRemoval(parents.get(at))) other ??= node;
    return undefined;
  });
  return other;
}

/** Whether control never comes out at the end, but for an error that nobody catches. */
function exits({ body }: TSESTree.BlockStatement): boolean {
  const last = body.at(-1);
  if (last?.type === 'ExpressionStatement') return isExit(unwrap(last.expression));
  if (last?.type !== 'TryStatement') return false;
  const { block, handler, finalizer } = last;
  return (finalizer !== null && exits(finalizer)) || (exits(block) && (handler === null || exits(handler.body)));
}
