import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { calleeText } from '../ast/callee-text.ts';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { CHAINS } from '../flow/callee-names.ts';
import type { FunctionNode } from '../service.ts';
import { bindingOf } from '../names/binding-of.ts';
import { functionAt } from '../signals/function-at.ts';
import { classAt, type SignalFile } from '../signals/signal-file.ts';
import type { Finalizer } from './finalizer.ts';
import { isDead } from './is-dead.ts';
import { freesMemory, isStopCall } from './is-stop-call.ts';
import { methodOfProcess } from './is-process.ts';

export type CollectedStop = Pick<Finalizer, 'isBackstop' | 'isSure' | 'node' | 'text'>;

/** Types whose end is work that somebody has to wait for. */
const RESOURCES =
  /^(?:Browser|BrowserContext|ChildProcess|ChildProcessByStdio|ChildProcessWithoutNullStreams|FSWatcher|Http2Server|Https?Server|Pool|Server|Socket|WebSocket|WebSocketServer|Worker)$/;

/** Every stop that is left to the garbage collector. */
export function collectedStopsIn(file: SignalFile): readonly CollectedStop[] {
  const found: CollectedStop[] = [];
  const isBackstop = unregisters(file);
  visit(file.program, (node) => {
    if (node.type === 'NewExpression' && isRegistry(node)) {
      const [callback] = node.arguments;
      const fn = callback === undefined ? undefined : functionAt(callback, file);
      if (fn !== undefined) for (const call of stopsIn(fn.body, file)) found.push(stopAt(call, isSure(call, node, fn, file), isBackstop));
    } else if (node.type === 'IfStatement' && isDead(node.test, file)) {
      for (const call of stopsIn(node.consequent, file)) found.push(stopAt(call, false, isBackstop));
    }
    return undefined;
  });
  return found;
}

function stopAt(node: TSESTree.CallExpression, sure: boolean, isBackstop: boolean): CollectedStop {
  return { node, text: calleeText(node), isSure: sure, isBackstop };
}

function isRegistry(node: TSESTree.NewExpression): boolean {
  return calleeName(node) === 'FinalizationRegistry';
}

/** Whoever takes things out of the registry has another way to end them. */
function unregisters({ program }: SignalFile): boolean {
  let found = false;
  visit(program, (node) => {
    found ||= node.type === 'MemberExpression' && memberName(node) === 'unregister';
    return found ? 'skip' : undefined;
  });
  return found;
}

function stopsIn(body: TSESTree.Node, file: SignalFile): readonly TSESTree.CallExpression[] {
  const found: TSESTree.CallExpression[] = [];
  visit(body, (node) => {
    if (isFunction(node)) return 'skip';
    if (isStopCall(node) && !freesMemory(node) && !isHeldCallback(node, file)) found.push(node);
    return undefined;
  });
  return found;
}

/** `new FinalizationRegistry((cleanup) => cleanup())`: what it does is told where it is registered. */
function isHeldCallback({ callee }: TSESTree.CallExpression, { parents }: SignalFile): boolean {
  const inner = unwrap(callee);
  return inner.type === 'Identifier' && bindingOf(inner.name, inner, parents)?.kind === 'parameter';
}

/** A promise that is made in the callback, a process, an async method of the class, or a held value whose type is written down. */
function isSure(call: TSESTree.CallExpression, registry: TSESTree.NewExpression, fn: FunctionNode, file: SignalFile): boolean {
  if (isHandled(call, file) || methodOfProcess(call, file) === 'kill') return true;
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression') return functionAt(callee, file)?.async === true;
  const own = thisMember(callee);
  if (own !== undefined) return classAt(callee, file)?.methods.get(own)?.isAsync === true;
  const object = unwrap(callee.object);
  if (object.type !== 'Identifier') return false;
  const [param] = fn.params;
  const held = bindingOf(object.name, object, file.parents);
  if (param === undefined || held?.node !== param || param.type !== 'Identifier') return false;
  const type = param.typeAnnotation?.typeAnnotation ?? registry.typeArguments?.params[0];
  return type !== undefined && isResource(type);
}

function isHandled(call: TSESTree.Node, { parents }: SignalFile): boolean {
  let at = parents.get(call);
  while (at !== undefined && unwrap(at) === call) at = parents.get(at);
  return at?.type === 'AwaitExpression' || (at?.type === 'MemberExpression' && CHAINS.has(memberName(at) ?? ''));
}

function isResource(type: TSESTree.TypeNode): boolean {
  if (type.type !== 'TSTypeReference') return false;
  const { typeName } = type;
  const name = typeName.type === 'Identifier' ? typeName.name : typeName.type === 'TSQualifiedName' ? typeName.right.name : '';
  return RESOURCES.test(name);
}
