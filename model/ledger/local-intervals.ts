import type { TSESTree } from '@typescript-eslint/utils';
import { boundNames } from '../ast/bound-names.ts';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { functionAround, type Parents } from '../ast/parents.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import { LISTENS } from '../flow/callee-names.ts';
import type { FunctionNode } from '../service.ts';
import { isExit } from '../signals/is-exit.ts';
import { isReleaseName } from '../teardown/release-verbs.ts';
import { timerName } from './is-timer-call.ts';
import { type DeclaredIn, declaredTimersOf } from './local-timers.ts';
import { namesKeepAlive } from './timer-gaps.ts';

/**
 * An interval in a local of any function, that nothing else gets hold of.
 * - `forgotten`: nothing clears it, although what it works for is over with the function, or with the connection that this handles
 * - `keepsAlive`: a keep-alive without `unref()`, on Node, that the function clears in the end, and no handler when the connection has ended
 */
export interface LocalInterval {
  readonly gap: 'forgotten' | 'keepsAlive';
  readonly node: TSESTree.CallExpression;
  readonly fn: FunctionNode;
}

export function localIntervalsOf(program: TSESTree.Program): readonly LocalInterval[] {
  return declaredTimersOf(program).flatMap((timer): LocalInterval[] => {
    const { node, fn, name, clears } = timer.declared;
    if (timerName(node) !== 'setInterval') return [];
    if (clears.length === 0 && isOver(timer)) return [{ gap: 'forgotten', node, fn }];
    const isClearedHere = clears.length > 0 && clears.every((clear) => functionAround(clear, timer) === fn);
    return isClearedHere && namesKeepAlive(name) && !isUnrefed(timer) && importsNode(program) ? [{ gap: 'keepsAlive', node, fn }] : [];
  });
}

/** Whether what an interval works for is surely over some time, and the interval is not. */
function isOver({ declared: { declaration, fn, node }, parents }: DeclaredIn): boolean {
  const [callback] = node.arguments;
  if (callback === undefined || !isFunction(callback) || fn.body.type !== 'BlockStatement') return false;
  const after = fn.body.body.filter(({ range }) => range[0] > declaration.range[1]);
  if (after.some((statement) => endsWhatItUses(statement, callback))) return true;
  const given = new Set(fn.params.flatMap(boundNames));
  if (isIdle(callback)) return after.some((statement) => someBelow(statement, (at) => at.type === 'AwaitExpression' && mentions(at.argument, given), isFunction)) && !someBelow(fn.body, isExit);
  if (!mentions(callback, given)) return false;
  return handlesConnections(fn, parents) || after.some((statement) => someBelow(statement, (at) => (at.type === 'ForOfStatement' && at.await && mentions(at.right, given)) || isEndOf(at, given), isFunction));
}

/** `await once(response, 'close')` */
function isEndOf(node: TSESTree.Node, names: ReadonlySet<string>): boolean {
  const call = node.type === 'AwaitExpression' ? unwrap(node.argument) : undefined;
  if (call?.type !== 'CallExpression' || calleeName(call) !== 'once') return false;
  const [emitter, event] = call.arguments;
  return emitter?.type === 'Identifier' && names.has(emitter.name) && event?.type === 'Literal' && /^(?:close|disconnect|end|finish)$/.test(String(event.value));
}

/** `setInterval(() => {}, 1_000)` does nothing but keep the process alive. */
function isIdle({ body }: FunctionNode): boolean {
  return body.type === 'BlockStatement' && body.body.length === 0;
}

/** `response.end();`, of what the callback writes to. */
function endsWhatItUses(statement: TSESTree.Statement, callback: FunctionNode): boolean {
  const expression = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : undefined;
  const call = expression?.type === 'AwaitExpression' ? unwrap(expression.argument) : expression;
  const callee = call?.type === 'CallExpression' ? unwrap(call.callee) : undefined;
  if (callee?.type !== 'MemberExpression' || callee.object.type !== 'Identifier' || !isReleaseName(memberName(callee) ?? '')) return false;
  const { name } = callee.object;
  return someBelow(callback.body, (at) => at.type === 'CallExpression' && isOn(at, name));
}

function isOn(call: TSESTree.CallExpression, name: string): boolean {
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === name;
}

const CONNECTIONS = /^(?:connection|request|secureConnection|session|stream|upgrade)$/;

/** `server.on('connection', (socket) => …)`, `app.get('/events', (request, response) => …)`: once for each of those that come. */
function handlesConnections(fn: FunctionNode, parents: Parents): boolean {
  const call = parents.get(fn);
  const [event] = call?.type === 'CallExpression' ? call.arguments : [];
  if (call?.type !== 'CallExpression' || event?.type !== 'Literal' || typeof event.value !== 'string') return false;
  const name = calleeName(call) ?? '';
  return LISTENS.has(name) ? CONNECTIONS.test(event.value) : /^(?:all|get|post|put|route|use|ws)$/.test(name) && event.value.startsWith('/');
}

function mentions(node: TSESTree.Node, names: ReadonlySet<string>): boolean {
  return someBelow(node, (at) => at.type === 'Identifier' && names.has(at.name));
}

function isUnrefed({ declared: { fn, name, node }, parents }: DeclaredIn): boolean {
  const isUnref = (at: TSESTree.Node): boolean => at.type === 'MemberExpression' && memberName(at) === 'unref';
  const chained = parents.get(node);
  return (chained !== undefined && isUnref(chained)) || someBelow(fn.body, (at) => isUnref(at) && at.type === 'MemberExpression' && at.object.type === 'Identifier' && at.object.name === name);
}

const NODE = /^(?:node:.+|child_process|cluster|dgram|dns|fs|http|http2|https|net|tls|worker_threads)$/;

/** Elsewhere a timer is a number, and has no `unref()`. What only imports types may run anywhere. */
function importsNode({ body }: TSESTree.Program): boolean {
  return body.some((statement) => statement.type === 'ImportDeclaration' && statement.importKind !== 'type' && NODE.test(statement.source.value));
}
