import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../ast/contains.ts';
import { memberName } from '../ast/member-name.ts';
import { outermost } from '../ast/parents.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { CHAINS } from '../flow/callee-names.ts';
import { methodOf } from '../flow/walk.ts';
import type { Deadline, Method } from '../service.ts';
import type { Write } from '../restart/machine.ts';
import { runMethod } from '../restart/run-method.ts';
import type { State } from '../restart/state.ts';
import { hasBareDeadline } from './has-bare-deadline.ts';
import { mayExclude } from './may-exclude.ts';
import { gives, isLeftTo, isLocalOf, mayRelease } from './may-release.ts';
import { pathOf } from './path-of.ts';
import type { Resource } from './resource.ts';
import type { StartupScope } from './startup-scope.ts';

/** A start in which one promise has rejected, and with it start. */
export interface Failure {
  readonly start: Method;
  readonly node: TSESTree.Node;
  /** What is known where start throws; more than one where it can throw in several ways. */
  readonly ends: readonly [State, ...State[]];
  /** What was acquired before and is not given back. */
  readonly left: readonly Resource[];
  /** Whether something was acquired before, and whether all of that has surely been given back. */
  readonly hasAcquired: boolean;
  readonly isRolledBack: boolean;
  readonly writes: readonly Write[];
}

type Raised = Parameters<typeof runMethod>[2]['raise'];

const NO_DEADLINE = (node: TSESTree.Node): Deadline => ({ node, flaw: undefined, error: undefined });

/** What a rejection does to start; undefined where it does not come out of it, or where that cannot be told. */
export function readFailure(start: Method, node: TSESTree.Node, resources: readonly Resource[], scope: StartupScope): Failure | undefined {
  const raise: Raised = { node, how: 'reject', error: 'failure', deadline: NO_DEADLINE(node) };
  const run = runMethod(scope.world, start, { side: 'start', fields: new Map(), raise, haltsAtLoop: scope.isInPlace, isTraced: true });
  const raised = run.ends.filter(({ state }) => state.raised);
  const [first, ...others] = raised.filter(({ how }) => how === 'thrown').map(({ state }) => state);
  if (run.cut || first === undefined) return undefined;
  const ends = [first, ...others] as const;
  const acquired = resources.filter((resource) => ends.some(({ trace }) => trace?.before.has(resource.node)) && !isPartOf(resource, node, scope) && !mayExclude(resource.node, node, scope.code));
  const left = acquired.filter((resource) => ends.every((end) => isLeft(resource, node, end, scope)));
  const isRolledBack = acquired.every((resource) => ends.every((end) => isGivenBack(resource, end, scope)));
  return { start, node, ends, left, hasAcquired: acquired.length > 0, isRolledBack, writes: run.writes };
}

/** Whether the failure is one of the acquisition itself: `once(this.server, 'listening')` after `this.server.listen()`. */
export function isPartOf(resource: Resource, fails: TSESTree.Node, { code }: StartupScope): boolean {
  const { node, path } = resource;
  if (hasBareDeadline(fails)) return false;
  if (contains(fails, node) || contains(node, fails)) return true;
  if (path === undefined || code.parents.get(outermost(node, code))?.type === 'AwaitExpression') return false;
  const isPlain = fails.type === 'NewExpression' || (fails.type === 'CallExpression' && unwrap(fails.callee).type === 'Identifier');
  const waits = isPlain ? fails.arguments : [];
  return waits.some((argument) => someBelow(argument, (below) => below.type !== 'ThisExpression' && (isSamePath(pathOf(below, code), path) || isLocalOf(below, resource, code))));
}

function isSamePath(other: string | undefined, path: string): boolean {
  return other !== undefined && (other === path || path.startsWith(`${other}.`) || other.startsWith(`${path}.`));
}

function isLeft(resource: Resource, fails: TSESTree.Node, end: State, scope: StartupScope): boolean {
  const { before, since } = callsOf(end);
  const at = before.indexOf(resource.node);
  if (at === -1) return true;
  if (before.some((call, index) => isLeftTo(call, resource, scope) || (index > at && gives(call, resource, scope)))) return false;
  return !since.some((call) => !contains(call, fails) && !before.includes(beginningOf(call)) && !isUnderWay(call, fails, scope) && mayRelease(call, resource, scope));
}

/** Whether a resource is given back for sure, on whichever way start throws. */
function isGivenBack(resource: Resource, end: State, scope: StartupScope): boolean {
  return !callsOf(end).before.includes(resource.node) || [...(end.trace?.since ?? [])].some(([call, isSure]) => isSure && gives(call, resource, scope));
}

function callsOf({ trace }: State): Record<'before' | 'since', readonly TSESTree.Node[]> {
  return { before: [...(trace?.before.keys() ?? [])], since: [...(trace?.since.keys() ?? [])] };
}

/** What a chain of handlers begins with; the run has followed those that are called. */
function beginningOf(node: TSESTree.Node): TSESTree.Node {
  const callee = node.type === 'CallExpression' ? unwrap(node.callee) : node;
  return callee.type === 'MemberExpression' && CHAINS.has(memberName(callee) ?? '') ? beginningOf(unwrap(callee.object)) : node;
}

/** `lock.runExclusive(() => this.#startLocked())`, in which it failed, and which was given nothing else. */
function isUnderWay(call: TSESTree.Node, fails: TSESTree.Node, scope: StartupScope): boolean {
  if (call.type !== 'CallExpression') return false;
  const given = call.arguments.filter((argument) => someBelow(argument, ({ type }) => type === 'ThisExpression'));
  return given.length > 0 && given.every((argument) => leadsTo(argument, fails, scope, new Set()));
}

function leadsTo(node: TSESTree.Node, fails: TSESTree.Node, scope: StartupScope, entered: Set<TSESTree.Node>): boolean {
  return someBelow(node, (below) => {
    if (below === fails) return true;
    const own = methodOf(scope.code.facts, thisMember(below) ?? '')?.value;
    if (own === undefined || entered.has(own)) return false;
    entered.add(own);
    return leadsTo(own.body, fails, scope, entered);
  });
}
