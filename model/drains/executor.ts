import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { childNodes } from '../ast/children.ts';
import { isFunction } from '../ast/is-function.ts';
import { isLogging } from '../ast/is-logging.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import type { DeadlineFlaw, FunctionNode } from '../service.ts';
import { type FunctionNotes } from './function-notes.ts';
import { lastName } from '../ast/last-name.ts';

/** A timer that settles a promise: `new Promise((_, reject) => setTimeout(reject, ms))`. */
export interface Timer {
  /** `acts`: it does something of its own when the time is up, such as to kill what is waited for. */
  readonly settles: 'acts' | 'rejects' | 'resolves';
  readonly flaw: DeadlineFlaw | undefined;
  /** The class of what it rejects with. */
  readonly error: string | undefined;
}

export interface Executor {
  readonly timer: Timer | undefined;
  /** Whether something other than the timer settles it. */
  readonly hasOther: boolean;
}

/** Reads `new Promise(executor)`. `notes` are those of the function it stands in. */
export function readExecutor(node: TSESTree.NewExpression, notes: FunctionNotes): Executor | undefined {
  const fn = executorOf(node);
  if (fn === undefined) return undefined;
  const [resolve, reject] = fn.params.map((param) => (param.type === 'Identifier' ? param.name : undefined));
  const settlers = new Map([[resolve, 'resolves'], [reject, 'rejects']] as const);
  settlers.delete(undefined);
  let timer: Timer | undefined;
  let hasOther = false;
  const enter = (at: TSESTree.Node): void => {
    if (at.type === 'CallExpression' && calleeName(at) === 'setTimeout') {
      const found = timerIn(at, settlers);
      if (found !== undefined) {
        timer = { ...found, flaw: flawOf(at, fn, notes) };
        return;
      }
    }
    if (at.type === 'CallExpression' && isAbortListener(at, settlers, notes)) {
      timer = { settles: 'rejects', flaw: 'unref', error: undefined };
      return;
    }
    if (at.type === 'Identifier' && settlers.has(at.name)) hasOther = true;
    childNodes(at).forEach(enter);
  };
  enter(fn.body);
  return { timer, hasOther };
}

export function executorOf(node: TSESTree.Node): FunctionNode | undefined {
  const inner = unwrap(node);
  const fn = inner.type === 'NewExpression' && calleeName(inner) === 'Promise' ? inner.arguments[0] : undefined;
  return fn !== undefined && isFunction(fn) ? fn : undefined;
}

type Settlers = ReadonlyMap<string | undefined, 'rejects' | 'resolves'>;

/** What a `setTimeout` in an executor does to the promise, if anything. */
function timerIn({ arguments: [callback] }: TSESTree.CallExpression, settlers: Settlers): Omit<Timer, 'flaw'> | undefined {
  const fn = callback === undefined ? undefined : unwrap(callback);
  if (fn === undefined) return undefined;
  if (fn.type === 'Identifier') {
    const settles = settlers.get(fn.name);
    return settles === undefined ? undefined : { settles, error: undefined };
  }
  if (!isFunction(fn)) return undefined;
  return settledBy(fn, settlers);
}

function settledBy(fn: FunctionNode, settlers: Settlers): Omit<Timer, 'flaw'> | undefined {
  const seen: { settles?: 'rejects' | 'resolves'; acts?: boolean; error?: string | undefined } = {};
  visit(fn.body, (node) => {
    if (node.type === 'AssignmentExpression') seen.acts = true;
    if (node.type !== 'CallExpression') return undefined;
    const callee = unwrap(node.callee);
    const by = callee.type === 'Identifier' ? settlers.get(callee.name) : undefined;
    if (by === undefined) seen.acts ||= !isLogging(node) && !/^clear(?:Interval|Timeout)$/.test(calleeName(node) ?? '');
    else if (seen.settles !== 'rejects') seen.settles = by;
    if (by === 'rejects') seen.error = errorOf(node.arguments[0]);
    return undefined;
  });
  const { settles, acts = false, error } = seen;
  if (settles === undefined) return acts ? { settles: 'acts', error: undefined } : undefined;
  return { settles: settles === 'resolves' && acts ? 'acts' : settles, error };
}

/** `DrainTimeoutError` for `new DrainTimeoutError(…)`; a plain `Error` tells nothing. */
export function errorOf(node: TSESTree.Node | undefined): string | undefined {
  const made = node === undefined ? undefined : unwrap(node);
  const name = made?.type === 'NewExpression' ? calleeName(made) : undefined;
  return name === 'Error' ? undefined : name;
}

/** `AbortSignal.timeout(ms).addEventListener('abort', reject)`: its timer does not keep the process alive. */
function isAbortListener(call: TSESTree.CallExpression, settlers: Settlers, { assigned }: FunctionNotes): boolean {
  const callee = unwrap(call.callee);
  const [event, listener] = call.arguments;
  if (callee.type !== 'MemberExpression' || event?.type !== 'Literal' || event.value !== 'abort' || listener === undefined) return false;
  const signals = [callee.object, ...(assigned.get(lastName(callee.object) ?? '') ?? [])].map(unwrap);
  const isTimeout = signals.some((signal) => signal.type === 'CallExpression' && calleeName(signal) === 'timeout');
  const settles = isFunction(listener) ? settledBy(listener, settlers)?.settles : settlers.get(lastName(listener));
  return isTimeout && settles === 'rejects';
}

function flawOf(call: TSESTree.CallExpression, fn: FunctionNode, notes: FunctionNotes): DeadlineFlaw | undefined {
  const { names, isUnrefed } = keptIn(fn.body, call);
  if (isUnrefed || names.some((name) => notes.unrefed.has(name.name))) return 'unref';
  // A field may be cleared by any method.
  if (names.some(({ isField, name }) => isField || notes.cleared.has(name))) return undefined;
  return 'never-cleared';
}

interface Kept {
  readonly names: readonly { readonly name: string; readonly isField: boolean }[];
  readonly isUnrefed: boolean;
}

/** The names that keep the timer's handle. */
function keptIn(body: TSESTree.Node, call: TSESTree.CallExpression): Kept {
  const names: { name: string; isField: boolean }[] = [];
  let isUnrefed = false;
  const isHandle = (node: TSESTree.Node): boolean => {
    const inner = unwrap(node);
    if (inner === call) return true;
    if (inner.type !== 'CallExpression') return false;
    const callee = unwrap(inner.callee);
    const unrefs = callee.type === 'MemberExpression' && calleeName(inner) === 'unref' && isHandle(callee.object);
    isUnrefed ||= unrefs;
    return unrefs;
  };
  visit(body, (node) => {
    if (node.type === 'VariableDeclarator' && node.init !== null && isHandle(node.init)) names.push({ name: lastName(node.id) ?? '', isField: false });
    else if (node.type === 'AssignmentExpression' && isHandle(node.right)) {
      names.push({ name: lastName(node.left) ?? '', isField: thisMember(node.left) !== undefined });
    } else isHandle(node);
    return undefined;
  });
  return { names, isUnrefed };
}
