import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import type { FileCode } from '../../model/kills/file-code.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { KillSite } from './kill-site.ts';
import { type ExitStatement, statementOf } from './wait-of.ts';

/** `await pTimeout(exited, …);` */
export interface LimitedExit extends ExitStatement {
  /** What is limited. */
  readonly promise: TSESTree.Expression;
}

/** A wait with the deadline that the edit would use too; `before` is what that begins with: `pTimeout(`. */
export function limitedExit(site: KillSite, before: string, { text }: Source, code: FileCode): LimitedExit | undefined {
  const wait = statementOf(site, code);
  if (wait?.operand.type !== 'CallExpression' || !text.slice(...wait.operand.range).startsWith(before)) return undefined;
  const [first] = wait.operand.arguments;
  const promise = first !== undefined && isFunction(first) ? first.body : first;
  if (promise === undefined || promise.type === 'BlockStatement' || promise.type === 'SpreadElement') return undefined;
  return { ...wait, promise };
}

/** `await Promise.race([exited, sleep(1000)]);`, which ends without an error when the time is up; `exited` is the promise by its name. */
export function racedExit(site: KillSite, source: Source, code: FileCode): { readonly statement: TSESTree.Statement; readonly exited: string } | Obstacle {
  const wait = statementOf(site, code);
  const node = site.kill.wait ?? site.kill.node;
  const leave = (why: string): Obstacle => ({ node, why: `the wait for the exit at line ${String(lineOf(source, node))} ${why}` });
  if (wait === undefined) return leave('ends in time, and stands where nothing can be put after it');
  const [list] = wait.operand.type === 'CallExpression' && calleeName(wait.operand) === 'race' ? wait.operand.arguments : [];
  const items = list?.type === 'ArrayExpression' ? list.elements.flatMap((item) => (item === null ? [] : [item])) : [];
  const exits = items.filter((item): item is TSESTree.Identifier => item.type === 'Identifier' && isMadeFor(item, code));
  const [exit] = exits;
  const others = items.filter((item) => item !== exit);
  if (exit === undefined || exits.length > 1 || others.length === 0 || !others.every(resolves)) return leave('ends in time in a way that SIGKILL cannot be put behind');
  return { statement: wait.statement, exited: exit.name };
}

/** A constant that is told of an exit. */
function isMadeFor(item: TSESTree.Identifier, code: FileCode): boolean {
  const init = code.names.get(item)?.init;
  return init !== undefined && someBelow(init, (node) => node.type === 'Literal' && node.value === 'exit');
}

/** A sleep: `new Promise((resolve) => setTimeout(resolve, 100))`, `setTimeout(100)` of node:timers/promises. */
function resolves(item: TSESTree.Node): boolean {
  if (item.type === 'CallExpression') return /^(?:delay|setTimeout|sleep|wait)$/.test(calleeName(item) ?? '');
  const executor = item.type === 'NewExpression' && calleeName(item) === 'Promise' ? item.arguments[0] : undefined;
  return executor !== undefined && isFunction(executor) && executor.params.length === 1 && someBelow(executor, (node) => node.type === 'CallExpression' && calleeName(node) === 'setTimeout');
}

