import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../../model/ast/always-exits.ts';
import { calleeName } from '../../model/ast/callee-name.ts';
import { isLoop } from '../../model/ast/is-loop.ts';
import { around, functionAround, outermost } from '../../model/ast/parents.ts';
import { calledFunction, nameOfFunction } from '../../model/kills/called.ts';
import { type FileCode, functionsAround } from '../../model/kills/file-code.ts';
import type { Kill } from '../../model/kills/kill.ts';
import { lineOf } from '../../model/line-of.ts';
import type { FunctionNode, Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';

/** Where a signal is sent, in an async function that can wait for the exit. */
export interface KillSite {
  readonly kill: Kill;
  /** `child.kill();` */
  readonly statement: TSESTree.ExpressionStatement;
  /** The statement that has to be over before the exit is waited for: the same, or the `try` that is there for it alone. */
  readonly last: TSESTree.Statement;
  readonly fn: FunctionNode;
  /** As in reasons: `stop()`. */
  readonly place: string;
}

/** What of its surroundings is looked at. */
export interface Surroundings {
  readonly source: Source;
  readonly code: FileCode;
  readonly service: Service | undefined;
}

export function siteOf(kill: Kill, { source, code, service }: Surroundings): KillSite | Obstacle {
  const at = `line ${String(lineOf(source, kill.node))}`;
  const leave = (why: string): Obstacle => ({ node: kill.node, why });
  const { fn } = kill;
  if (fn === undefined) return leave(`the signal at ${at} is sent at the top of the module, where nothing waits`);
  const statement = code.parents.get(outermost(kill.node, code));
  if (statement?.type !== 'ExpressionStatement') return leave(`what kill() returns at ${at} is used`);
  if (loopAround(statement, fn, code)) return leave(`the signal at ${at} is sent in a loop, to several processes`);
  const host = hostOf(fn, service, code);
  if (host === undefined) return leave(`the signal at ${at} is sent in a callback, and who waits for that cannot be told`);
  const name = nameOfFunction(host, code);
  const place = name === undefined ? `the function at ${at}` : `${name}()`;
  if (isStatic(host, code)) return leave(`${place} is static, and the process that of the class`);
  if (fn.generator || host.generator) return leave(`${place} is a generator, which may stay suspended while the exit is waited for`);
  if (!fn.async) return leave(`${place} is not async, so nobody waits there for the exit`);
  const ignored = code.nodes.find((node) => node.type === 'CallExpression' && calledFunction(node, code) === host && isIgnored(node, code));
  if (ignored !== undefined) return leave(`nobody waits for ${place} at line ${String(lineOf(source, ignored))}, so that a failure to end the process would be lost`);
  return { kill, statement, last: tryFor(statement, code), fn, place };
}

function loopAround(node: TSESTree.Node, fn: TSESTree.Node, code: FileCode): boolean {
  for (const at of around(node, code)) {
    if (at === fn) return false;
    if (isLoop(at) || at.type === 'SwitchStatement') return true;
  }
  return false;
}

/** The function that callers wait for: the one that sends the signal, or the method that runs it under its lock. */
function hostOf(fn: FunctionNode, service: Service | undefined, code: FileCode): FunctionNode | undefined {
  const parent = code.parents.get(outermost(fn, code));
  if (fn.type === 'FunctionDeclaration') return fn;
  if (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition' || parent?.type === 'VariableDeclarator' || parent?.type === 'Property') return fn;
  const isHeld = service?.lock.holds.some(({ held, gap }) => gap?.kind !== 'not-awaited' && held.some((part) => part === fn || part === fn.body));
  return isHeld === true ? functionsAround(fn, code)[0] : undefined;
}

function isStatic(fn: FunctionNode, { parents }: FileCode): boolean {
  const member = parents.get(fn);
  return (member?.type === 'MethodDefinition' || member?.type === 'PropertyDefinition') && member.static;
}

const LATER = /^(?:add(?:EventListener|Listener)|on|once|prepend(?:Once)?Listener|queueMicrotask|set(?:Immediate|Interval|Timeout)|subscribe)$/;

/** Whether nobody gets what a call returns. */
function isIgnored(call: TSESTree.CallExpression, code: FileCode): boolean {
  const parent = code.parents.get(outermost(call, code));
  if (parent?.type === 'ExpressionStatement' || (parent?.type === 'UnaryExpression' && parent.operator === 'void')) return true;
  const fn = parent?.type === 'ArrowFunctionExpression' || parent?.type === 'ReturnStatement' ? functionAround(call, code) : undefined;
  const user = fn === undefined || fn.type === 'FunctionDeclaration' ? undefined : code.parents.get(outermost(fn, code));
  return user?.type === 'CallExpression' && LATER.test(calleeName(user) ?? '');
}

/** The `try` of which the statement is the last, and whose catch goes on. */
function tryFor(statement: TSESTree.Statement, { parents }: FileCode): TSESTree.Statement {
  const block = parents.get(statement);
  const parent = block === undefined ? undefined : parents.get(block);
  if (parent?.type !== 'TryStatement' || block?.type !== 'BlockStatement' || parent.block !== block) return statement;
  const { handler, finalizer } = parent;
  const isAlone = block.body.length === 1 && handler !== null && finalizer === null && alwaysExits(handler.body) === 'none';
  return isAlone ? parent : statement;
}
