import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { isLoop } from '../../model/ast/is-loop.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { soleReturn } from '../../model/ast/sole-return.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { wordsOf } from '../../model/ast/words-of.ts';
import { timerName } from '../../model/ledger/is-timer-call.ts';
import type { Timer } from '../../model/ledger/ledger.ts';
import { RUNNERS } from '../../model/flow/callee-names.ts';
import type { Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { keepsThis } from '../teardown/log-failure.ts';
import { pathTo } from '../teardown/path-to.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { freeName } from '../text/free-name.ts';
import { insertField } from '../insert-field.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { freeMemberName, memberNamingOf } from '../member-naming.ts';
import type { Change } from '../outcome.ts';
import { type Handle, handleOf } from './handle.ts';

/** A field for a timer whose handle nobody keeps. */
export interface KeptHandle {
  readonly handle: Handle;
  /** Its declaration; none where another timer of the same work has it already. */
  readonly field: Change | undefined;
  /** The statement that sets the timer, to be made an assignment; or that declares its local, to be followed by one. */
  readonly statement: TSESTree.Statement;
  readonly local: string | undefined;
}

/**
 * Gives the handle a field, where the timer is set once for the service: in start, or anew by its own callback. One that other calls set
 * can be pending many times over, and one field would keep only the last. `kept` are the fields that this edit has added, by the work of their timers.
 */
export function keepHandle(service: Service, source: Source, timer: Timer, kept: ReadonlyMap<string, Handle>): KeptHandle | Obstacle {
  const { facts, node: owner } = service;
  const { node, origins, keep, text } = timer;
  const leave = (why: string): Obstacle => ({ node, why: `${text} ${why}` });
  if ([...origins].some((origin) => origin !== 'start' && origin !== 'timer') || (!origins.has('start') && !timer.isRecurring))
    return leave('is set by more than start(), so that one field cannot keep every handle');
  const path = pathTo(owner, node);
  const at = path.findLastIndex(({ type }) => type === 'ExpressionStatement' || type === 'VariableDeclaration');
  const statement = path[at];
  if (statement === undefined || path[at - 1]?.type !== 'BlockStatement') return leave('is set where no statement can keep its handle');
  const functions = path.slice(0, at).filter(isFunction);
  const own = functions.at(-1);
  const isInLoop = path.slice(path.findLastIndex((one) => one === own), at).some(isLoop);
  if (isInLoop || !isRunOnce(functions, timer)) return leave('is set in a loop or a callback, so that one field cannot keep every handle');
  if (own === undefined || !keepsThis(path)) return leave('is set where `this` is not the service');
  const local = statement.type === 'VariableDeclaration' ? localOf(statement, keep) : undefined;
  if (statement.type === 'VariableDeclaration' && local === undefined) return leave('has a handle that is declared beside others');
  const shared = kept.get(workOf(timer, service)) ?? chainField(service, source, timer);
  if (shared !== undefined) return { handle: shared, field: undefined, statement: statement as TSESTree.Statement, local };
  const taken = new Set(Array.from(kept.values(), ({ name }) => name));
  const { isTypeScript } = fileStyleOf(source);
  const naming = memberNamingOf(facts, source);
  // Plain JavaScript need not declare what it sets.
  const isTaken = (plain: string): boolean => ['', '#', '_'].some((prefix) => mentions(owner, prefix + plain)) || taken.has(naming.prefix + plain);
  const name = freeMemberName(facts, naming, [freeName([...namesFor(timer), 'ownTimer'], isTaken), freeName(['ownTimer'], isTaken)]);
  const type = isTypeScript ? `ReturnType<typeof ${timerName(node as TSESTree.CallExpression) ?? 'setTimeout'}> | undefined` : '';
  return {
    handle: { name, empty: 'undefined', isNullable: false },
    field: insertField(source, owner, naming, name, 'undefined', 'handle', type),
    statement: statement as TSESTree.Statement,
    local,
  };
}

/** Whether the code round the call runs in start, or as the timer's own callback, and not in any other callback. */
function isRunOnce(functions: readonly TSESTree.Node[], { callback }: Timer): boolean {
  return functions.length === 1 || (functions.length === 2 && functions.at(-1) === callback) || isUnderLock(functions);
}

/** `this.lock.runExclusive(async () => …)` */
function isUnderLock([outer, inner, ...more]: readonly TSESTree.Node[]): boolean {
  if (more.length > 0 || outer === undefined || inner === undefined) return false;
  return someBelow(outer, (node) => node.type === 'CallExpression' && node.arguments.some((argument) => argument === inner) && RUNNERS.has(calleeName(node) ?? ''));
}

function localOf({ declarations: [only, ...more] }: TSESTree.VariableDeclaration, keep: Timer['keep']): string | undefined {
  return more.length === 0 && keep.in === 'local' && only.id.type === 'Identifier' && only.id.name === keep.name ? keep.name : undefined;
}

/** What tells the timers of one chain, of which only one runs at a time: the method that sets itself anew. Any other stands for itself. */
export function workOf(timer: Timer, { ledger }: Service): string {
  const called = calledBy(timer);
  const isChain = timer.what === 'timeout' && ledger.timers.some((other) => other.what === 'timeout' && other.isRecurring && calledBy(other) === called);
  return called !== undefined && isChain ? called : String(timer.node.range[0]);
}

/** The field in which another timer of the same chain is kept. */
function chainField(service: Service, source: Source, timer: Timer): Handle | undefined {
  const other = service.ledger.timers.find(({ keep, ...one }) => keep.in === 'field' && one.node !== timer.node && workOf({ keep, ...one }, service) === workOf(timer, service));
  return other?.keep.in === 'field' ? handleOf(service.facts, source, other.keep.name) : undefined;
}

/** `timer`, else `flushTimer` for one that calls `this.flush()`. */
function namesFor(timer: Timer): readonly [string, ...string[]] {
  const [verb] = wordsOf(calledBy(timer)?.replace(/^[#_]+/, '') ?? '');
  return ['timer', ...(verb === undefined ? [] : [`${verb}Timer`])];
}

function calledBy({ callback, node }: Timer): string | undefined {
  let called: string | undefined;
  const look = (below: TSESTree.Node): boolean => {
    called ??= below.type === 'MemberExpression' ? thisMember(below) : undefined;
    return called !== undefined;
  };
  const [given] = (node as TSESTree.CallExpression).arguments;
  const sole = callback === undefined ? undefined : soleReturn(callback);
  const code = given !== undefined && !isFunction(given) ? given : sole;
  if (code !== undefined) someBelow(code, look);
  return called;
}

function mentions(node: TSESTree.Node, name: string): boolean {
  return someBelow(node, (below) => below.type === 'MemberExpression' && thisMember(below) === name);
}
