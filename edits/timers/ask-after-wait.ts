import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { isNothing } from '../../model/ast/is-nothing.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { visit } from '../../model/ast/visit.ts';
import { isTimerCall } from '../../model/ledger/is-timer-call.ts';
import type { Timer } from '../../model/ledger/ledger.ts';
import { lineOf } from '../../model/line-of.ts';
import type { ClassFacts, FunctionNode, Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { helpersOf } from '../helpers-of.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { functionOn, pathTo } from '../teardown/path-to.ts';
import type { Handle } from './handle.ts';
import { runsTest } from './runs-test.ts';

/** Statements that are to run only while the service does. */
export interface Asked {
  readonly statements: readonly TSESTree.Statement[];
  /** `this.#running`, `this.#timer !== undefined` */
  readonly test: string;
}

/** Lets what sets the timer again after an await ask first whether the service has been stopped meanwhile. */
export function askAfterWait(service: Service, source: Source, timer: Timer, handle: Handle): Asked | Obstacle {
  const wait = timer.revived?.wait;
  const leave = (why: string): Obstacle => ({ node: timer.node, why });
  const path = wait === undefined ? [] : pathTo(service.node, wait);
  const fn = functionOn(path);
  if (wait === undefined || fn === undefined) return leave(`${timer.text} is set again by a function of a base class`);
  const line = String(lineOf(source, wait));
  if (wait.type !== 'AwaitExpression') return leave(`${timer.text} is set again in a chain of promises, at line ${line}`);
  const arms = armsOf(service, timer);
  const statements = statementsAfter(service, wait, fn, arms);
  if (statements === undefined) return leave(`${timer.text} is set again after line ${line} by something that is no statement of its own`);
  const test = runsTest(service, arms.methods) ?? heldTest(service, timer, handle);
  if (test === undefined) return leave(`nothing tells after line ${line} whether ${service.stop.main.name}() has been called`);
  return { statements, test };
}

interface Arms {
  readonly calls: readonly TSESTree.Node[];
  /** The methods that come to one of the calls. */
  readonly methods: ReadonlySet<string>;
}

/** All calls that set the timer in the same field. */
function armsOf({ facts, ledger }: Service, { keep, node }: Timer): Arms {
  const same = ledger.timers.filter((other) => other.node === node || ('name' in keep && 'name' in other.keep && other.keep.name === keep.name));
  const calls = same.map((other) => other.node);
  return { calls, methods: new Set([...facts.methods.keys()].filter((name) => comesTo(facts, name, calls))) };
}

function comesTo(facts: ClassFacts, name: string, calls: readonly TSESTree.Node[]): boolean {
  return helpersOf(facts, name).some(({ value }) => calls.some((call) => contains(value, call)));
}

/** The statements behind an await that set the timer or call what does; undefined where one of these is something else. */
function statementsAfter(service: Service, wait: TSESTree.Node, fn: FunctionNode, { calls, methods }: Arms): readonly TSESTree.Statement[] | undefined {
  const found: TSESTree.Statement[] = [];
  const open: TSESTree.Node[] = [];
  visit(fn.body, (node) => {
    if (isFunction(node)) return someBelow(node, (below) => calls.includes(below)) && node.range[0] > wait.range[1] ? undefined : 'skip';
    const own = node.type === 'CallExpression' ? thisMember(node.callee) : undefined;
    if (node.range[0] < wait.range[1] || !(calls.includes(node) || (own !== undefined && methods.has(own)))) return undefined;
    const path = pathTo(service.node, node);
    const at = path.findLastIndex(({ type }) => type === 'ExpressionStatement');
    const statement = path[at];
    if (statement?.type !== 'ExpressionStatement' || path[at - 1]?.type !== 'BlockStatement' || contains(statement, wait) || functionOn(path) !== fn) open.push(node);
    else if (!found.includes(statement)) found.push(statement);
    return 'skip';
  });
  return open.length > 0 || found.length === 0 ? undefined : found;
}

/** Whether the field still holds the timer that has fired, for which stop has to empty it and nobody else may call what the timer calls. */
function heldTest({ facts, node, stop }: Service, { callback, node: call }: Timer, { name, empty }: Handle): string | undefined {
  if (empty === undefined || callback === undefined) return undefined;
  const drops = (body: TSESTree.Node): boolean =>
    someBelow(body, (below) => below.type === 'AssignmentExpression' && thisMember(below.left) === name && isNothing(below.right));
  const isDropped = stop.methods.every((method) => helpersOf(facts, method.name).some(({ value }) => drops(value.body)));
  const entry = callback.body.type === 'BlockStatement' ? callback : undefined;
  const caller = [...facts.methods.values()].find(({ value }) => value === callback);
  const called = caller?.name ?? (entry === undefined ? soleMethod(callback) : undefined);
  const body = called === undefined ? callback.body : facts.methods.get(called)?.value.body;
  if (!isDropped || body === undefined || drops(body)) return undefined;
  if (called !== undefined && !isOnlyTimed(node, called)) return undefined;
  return call.type === 'CallExpression' ? `this.${name} !== ${empty}` : undefined;
}

/** The one method that `() => void this.tick()` calls. */
function soleMethod({ body }: FunctionNode): string | undefined {
  let name: string | undefined;
  visit(body, (node) => {
    if (node.type === 'CallExpression') name ??= thisMember(node.callee);
    return undefined;
  });
  return name;
}

/** Whether a method is mentioned nowhere but in what a timer is given. */
function isOnlyTimed(owner: TSESTree.Node, name: string): boolean {
  let isTimed = true;
  const read = (node: TSESTree.Node, inTimer: boolean): void => {
    visit(node, (below) => {
      if (below === node) return undefined;
      if (below.type === 'CallExpression' && isTimerCall(below)) {
        read(below, true);
        return 'skip';
      }
      if (below.type === 'MemberExpression' && thisMember(below) === name && !inTimer) isTimed = false;
      return undefined;
    });
  };
  read(owner, false);
  return isTimed;
}
