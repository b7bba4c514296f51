import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../ast/always-exits.ts';
import { calleeName } from '../ast/callee-name.ts';
import { childNodes } from '../ast/children.ts';
import { isFunction } from '../ast/is-function.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { CHAINS } from '../flow/callee-names.ts';
import type { Task } from './ledger.ts';
import type { FunctionNode } from '../service.ts';
import { callbackOf } from './callback-of.ts';
import { callbackUse } from './callback-use.ts';
import { joinsWork } from './joins-work.ts';
import type { LedgerScope } from './scope.ts';
import { standsIn, type TimerCode } from './timer-code.ts';

interface State {
  /** The last await that was passed, with nothing looked at since. */
  wait: TSESTree.Node | undefined;
  found: TSESTree.Node | undefined;
}

/**
 * The await in a timer's callback after which the timer is set again with nothing looked at in between. A stop that comes during the await
 * clears a timer that has fired already, and the next one is set behind its back. `arms` are the calls that set the same timer.
 */
export function revivedAfter(timer: TimerCode, arms: readonly TSESTree.Node[], scope: LedgerScope, tasks: readonly Task[]): { readonly wait: TSESTree.Node } | undefined {
  const { callback, runs } = timer;
  if (callback === undefined || joinsWork(callback, scope)) return undefined;
  if (tasks.some((task) => task.released !== 'no' && (task.body === callback || standsIn(task.node, runs, scope.code)))) return undefined;
  const state: State = { wait: undefined, found: undefined };
  new Search(arms, scope).enter(callback, state, true);
  return state.found === undefined ? undefined : { wait: state.found };
}

class Search {
  readonly #arms: readonly TSESTree.Node[];
  readonly #scope: LedgerScope;
  readonly #entered = new Set<FunctionNode>();

  constructor(arms: readonly TSESTree.Node[], scope: LedgerScope) {
    this.#arms = arms;
    this.#scope = scope;
  }

  /** Reads a function. What an async one does after its first await happens behind the back of a caller that does not wait. */
  enter(fn: FunctionNode, state: State, isWaited: boolean): void {
    if (this.#entered.has(fn)) return;
    this.#entered.add(fn);
    if (isWaited || !fn.async) {
      this.#read(fn.body, state);
      return;
    }
    const inner: State = { ...state };
    this.#read(fn.body, inner);
    state.found ??= inner.found;
  }

  #read(node: TSESTree.Node, state: State): void {
    if (state.found !== undefined) return;
    switch (node.type) {
      case 'AwaitExpression':
        this.#readWaited(node.argument, state);
        state.wait = node;
        return;
      case 'IfStatement':
        this.#readIf(node, state);
        return;
      case 'ConditionalExpression':
      case 'LogicalExpression':
      case 'SwitchStatement':
      case 'WhileStatement':
        if (looks(node.type === 'LogicalExpression' ? node.left : node.type === 'SwitchStatement' ? node.discriminant : node.test)) {
          this.#apart(node, { ...state, wait: undefined }, state);
          return;
        }
        break;
      case 'CallExpression':
        this.#readCall(node, state, false);
        return;
      default:
        if (isFunction(node)) return;
    }
    for (const child of childNodes(node)) this.#read(child, state);
  }

  #readWaited(node: TSESTree.Node, state: State): void {
    const inner = unwrap(node);
    if (inner.type === 'CallExpression') this.#readCall(inner, state, true);
    else this.#read(inner, state);
  }

  #readIf(node: TSESTree.IfStatement, state: State): void {
    this.#read(node.test, state);
    const isLook = looks(node.test);
    for (const branch of [node.consequent, node.alternate]) {
      if (branch === null) continue;
      const inner: State = { ...state, wait: isLook ? undefined : state.wait };
      this.#read(branch, inner);
      state.found ??= inner.found;
      // What a branch has waited for has been waited for where it comes out at its end.
      if (alwaysExits(branch) === 'none' && inner.wait !== undefined) state.wait = inner.wait;
      else if (isLook && alwaysExits(branch) !== 'none') state.wait = undefined;
    }
  }

  #apart(node: TSESTree.Node, inner: State, state: State): void {
    for (const child of childNodes(node)) this.#read(child, inner);
    state.found ??= inner.found;
  }

  #readCall(call: TSESTree.CallExpression, state: State, isWaited: boolean): void {
    const callee = unwrap(call.callee);
    const { code } = this.#scope;
    if (callee.type === 'MemberExpression') this.#readWaited(callee.object, state);
    const own = thisMember(callee);
    const fn = own === undefined ? callbackOf(callee, code) : code.members.get(own)?.fn;
    const isChain = callee.type === 'MemberExpression' && CHAINS.has(calleeName(call) ?? '');
    for (const argument of call.arguments) {
      const inner = unwrap(argument);
      if (!isFunction(inner) && !isChain) this.#read(inner, state);
      const callback = isChain ? callbackOf(inner, code) : isFunction(inner) && callbackUse(inner, code) === 'inline' ? inner : undefined;
      if (callback !== undefined) this.#readCallback(callback, call, state, isChain);
    }
    if (fn !== undefined) this.enter(fn, state, isWaited);
    if (this.#arms.includes(call) && state.wait !== undefined) state.found = state.wait;
  }

  #readCallback(callback: FunctionNode, call: TSESTree.CallExpression, state: State, isChain: boolean): void {
    const inner: State = isChain ? { wait: call, found: undefined } : state;
    this.enter(callback, inner, true);
    state.found ??= inner.found;
  }
}

/** Whether a test looks at something that stop may have changed. */
function looks(test: TSESTree.Node | null): boolean {
  return test !== null && someBelow(test, (node) => node.type === 'ThisExpression' || (node.type === 'Identifier' && /abort|epoch|generation|running|signal|stop|cancel|clos|destroy/i.test(node.name)));
}
