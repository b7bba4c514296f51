import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { memberName } from '../ast/member-name.ts';
import { functionAround, outermost } from '../ast/parents.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import { CHAINS, COMBINATORS } from '../flow/callee-names.ts';
import type { Fact, FunctionNode } from '../service.ts';
import { calledFunction, callsOf, functionFor } from './called.ts';
import type { FileCode } from './file-code.ts';
import { isSeenFunction } from './is-seen-function.ts';
import { rootOf, type Slots } from './slots.ts';
import { executorsAround, maySettle } from './settles.ts';

/** A place that waits for the exit of a child process. */
export interface ExitWait {
  /** The await, or the return of the promise to a caller. */
  readonly node: TSESTree.Node;
  /** What settles at the exit: `once(child, 'exit')`, `new Promise(…)`. */
  readonly promise: TSESTree.Node;
  /** Whether the wait ends although the child lives on. */
  readonly bounded: Fact;
  readonly fn: FunctionNode | undefined;
}

interface Path {
  readonly promise: TSESTree.Node;
  readonly bounded: Fact;
}

const DEADLINE = /deadline|limit|race|timeout|timelimit|within/i;
const DELAY = /^(?:after|delay|sleep|timeout|wait)|(?:delay|sleep|timeout|deadline)$/i;

/** Follows promises that settle at an exit to where they are waited for. */
export class ExitWaits {
  readonly waits: ExitWait[] = [];
  /** Uses of the promises that cannot be read. */
  readonly unread: TSESTree.Node[] = [];
  readonly #seen = new Set<TSESTree.Node>();
  readonly #code: FileCode;
  readonly #slots: Slots;

  constructor(code: FileCode, slots: Slots) {
    this.#code = code;
    this.#slots = slots;
  }

  follow(node: TSESTree.Node, path: Path): void {
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    const at = outermost(node, this.#code);
    const parent = this.#code.parents.get(at);
    switch (parent?.type) {
      case 'AwaitExpression':
        this.#wait(parent, path, functionAround(parent, this.#code));
        break;
      case 'ReturnStatement':
        this.#return(parent, path, functionAround(parent, this.#code));
        break;
      case 'ArrowFunctionExpression':
        if (parent.body === at) this.#return(at, path, parent);
        break;
      case 'VariableDeclarator':
        if (parent.init === at) this.#keep(parent.id, path);
        break;
      case 'AssignmentExpression':
        if (parent.right === at) {
          this.#keep(parent.left, path);
          this.follow(parent, path);
        }
        break;
      case 'PropertyDefinition':
        if (parent.value === at) this.unread.push(node);
        break;
      case 'ArrayExpression':
        this.#inList(parent, at, path);
        break;
      case 'CallExpression':
        if (parent.callee !== at) this.#pass(parent, at, path);
        break;
      case 'MemberExpression':
        if (parent.object === at) this.#chain(parent, path);
        break;
      case 'ConditionalExpression':
      case 'LogicalExpression':
        if (!('test' in parent) || parent.test !== at) this.follow(parent, path);
        break;
      case 'NewExpression':
      case 'Property':
      case 'SpreadElement':
      case 'YieldExpression':
        this.unread.push(node);
        break;
      default:
    }
  }

  #wait(node: TSESTree.Node, { promise, bounded }: Path, fn: FunctionNode | undefined): void {
    this.waits.push({ node, promise, bounded, fn });
    if (fn !== undefined) this.#callers(fn, { promise, bounded });
  }

  /** Whoever awaits a function that waits, or that returns the promise, waits too. */
  #callers(fn: FunctionNode, path: Path): void {
    for (const call of callsOf(fn, this.#code)) this.follow(call, path);
  }

  #return(node: TSESTree.Node, path: Path, fn: FunctionNode | undefined): void {
    if (fn === undefined) return;
    const parent = this.#code.parents.get(outermost(fn, this.#code));
    if (parent?.type === 'CallExpression' && CHAINS.has(calleeName(parent) ?? '')) {
      this.follow(parent, path);
      return;
    }
    // `withTimeout(() => exited, 1000)`
    if (parent?.type === 'CallExpression' && unwrap(parent.callee).type === 'Identifier' && isDeadlineCall(parent) && parent.arguments[0] === fn) {
      this.follow(parent, { ...path, bounded: 'yes' });
      return;
    }
    if (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') this.unread.push(node);
    if (!isSeenFunction(fn, this.#code)) this.waits.push({ node, ...path, fn });
    this.#callers(fn, path);
  }

  #keep(target: TSESTree.Node, path: Path): void {
    const slot = this.#slots.of(target);
    if (slot === undefined) this.unread.push(target);
    for (const mention of slot === undefined ? [] : rootOf(slot).mentions) {
      const parent = this.#code.parents.get(outermost(mention, this.#code));
      if (mention !== target && !(parent?.type === 'AssignmentExpression' && unwrap(parent.left) === mention)) this.follow(mention, path);
    }
  }

  #inList(list: TSESTree.ArrayExpression, at: TSESTree.Node, path: Path): void {
    const call = this.#code.parents.get(outermost(list, this.#code));
    const name = call?.type === 'CallExpression' ? calleeName(call) : undefined;
    if (call?.type !== 'CallExpression' || name === undefined || !COMBINATORS.has(name)) {
      this.unread.push(list);
      return;
    }
    const others = list.elements.filter((element) => element !== null && element !== at);
    const isRace = (name === 'race' || name === 'any') && others.length > 0;
    this.follow(call, isRace ? { ...path, bounded: others.some((other) => other !== null && isTimed(other, this.#code)) ? 'yes' : 'unknown' } : path);
  }

  #pass(call: TSESTree.CallExpression, at: TSESTree.Node, path: Path): void {
    const fn = calledFunction(call, this.#code);
    const name = calleeName(call) ?? '';
    const isDeadline = isDeadlineCall(call);
    if (fn === undefined && !isDeadline && !/^(?:resolve|void)$/.test(name)) this.unread.push(at);
    const param = fn?.params[call.arguments.indexOf(at as TSESTree.CallExpressionArgument)];
    if (param?.type === 'Identifier' && !isDeadline) this.#keep(param, path);
    this.follow(call, isDeadline ? { ...path, bounded: 'yes' } : { ...path, bounded: path.bounded === 'yes' ? 'yes' : 'unknown' });
  }

  #chain(member: TSESTree.MemberExpression, path: Path): void {
    const call = this.#code.parents.get(outermost(member, this.#code));
    if (call?.type !== 'CallExpression' || !CHAINS.has(memberName(member) ?? '')) return;
    this.follow(call, path);
    for (const { promise, settlers } of executorsAround(call, this.#code)) {
      if (call.arguments.some((argument) => maySettle(argument, settlers, this.#code))) this.follow(promise, { ...path, bounded: 'unknown' });
    }
  }
}

function isDeadlineCall(call: TSESTree.CallExpression): boolean {
  return call.arguments.length > 1 && DEADLINE.test(calleeName(call) ?? '');
}

/** Whether a promise surely settles after some time: a timer's, `sleep(ms)`. */
function isTimed(node: TSESTree.Node, code: FileCode): boolean {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') {
    const init = code.names.get(inner)?.init;
    return init !== undefined && isTimed(init, code);
  }
  if (inner.type === 'NewExpression') {
    return calleeName(inner) === 'Promise' && inner.arguments.some((argument) => mentions(argument, /^setTimeout$/));
  }
  if (inner.type !== 'CallExpression') return false;
  const name = calleeName(inner) ?? '';
  if (CHAINS.has(name)) return unwrap(inner.callee).type === 'MemberExpression' && isTimed((unwrap(inner.callee) as TSESTree.MemberExpression).object, code);
  const fn = functionFor(inner.callee, code);
  return name === 'setTimeout' || DELAY.test(name) || (fn !== undefined && mentions(fn.body, /^setTimeout$/));
}

function mentions(node: TSESTree.Node, pattern: RegExp): boolean {
  return someBelow(node, (at) => at.type === 'CallExpression' && pattern.test(calleeName(at) ?? ''));
}
