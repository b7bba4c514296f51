import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { calledHalf } from '../../model/locks/called-half.ts';
import type { Service } from '../../model/service.ts';
import { sideNames } from '../../model/side-names.ts';
import { pathTo } from '../teardown/path-to.ts';
import { wayTo } from '../teardown/forks.ts';
import { rootsIn } from './roots-in.ts';

/** An expression of stop that gives one thing back, and nothing else. */
export interface ReleaseExpression {
  readonly node: TSESTree.Expression;
  /** From the class down to it. */
  readonly path: readonly TSESTree.Node[];
}

/** The call that gives a thing back with what belongs to it: its deadline, the promise round it, or the helper that does it. */
export function releaseExpression(service: Service, release: TSESTree.CallExpression): ReleaseExpression {
  const own = grow(service, pathTo(service.node, release));
  const helper = helperCall(service, release);
  return helper === undefined ? own : { node: helper, path: pathTo(service.node, helper) };
}

function grow(service: Service, path: readonly TSESTree.Node[]): ReleaseExpression {
  let at = path.length - 1;
  for (;;) {
    const above = path[at - 1];
    const node = path[at];
    const call = path[at - 2];
    if (above?.type === 'ArrowFunctionExpression' && above.body === node && call?.type === 'CallExpression' && isDeadline(service, call, above)) at -= 2;
    else if (above?.type === 'ChainExpression' || (above?.type === 'CallExpression' && isDeadline(service, above, node))) at--;
    else {
      const made = promiseRound(service, path, at);
      if (made === undefined) break;
      at = made;
    }
  }
  return { node: path[at] as TSESTree.Expression, path: path.slice(0, at + 1) };
}

/** `pTimeout(this.server.close(), …)`: known to end a wait that hangs, or by its name. */
function isDeadline({ drains }: Service, call: TSESTree.CallExpression, inner: TSESTree.Node | undefined): boolean {
  if (inner === undefined || call.arguments[0] !== inner) return false;
  return /deadline|time-?out/i.test(calleeName(call) ?? '') || drains.some(({ bounded, node, work }) => bounded === 'yes' && contains(node, call) && contains(call, work) && (contains(inner, work) || contains(work, inner)));
}

/** The index of `new Promise((resolve) => this.server.close(resolve))`, which does nothing else. */
function promiseRound({ teardown }: Service, path: readonly TSESTree.Node[], at: number): number | undefined {
  const fn = path.slice(0, at).findLastIndex(isFunction);
  const made = path[fn - 1];
  if (made?.type !== 'NewExpression' || made.callee.type !== 'Identifier' || made.callee.name !== 'Promise') return undefined;
  const release = path[path.length - 1];
  const isAlone = !teardown.steps.some(({ call }) => contains(made, call) && call !== made && release !== undefined && !contains(release, call) && !contains(call, release));
  return isAlone && path[fn - 2]?.type === 'AwaitExpression' ? fn - 1 : undefined;
}

/** `this.#closeServer()`, where stop calls it with nothing and it does nothing but give this back. */
function helperCall({ facts, stop, teardown, lock }: Service, release: TSESTree.CallExpression): TSESTree.CallExpression | undefined {
  const step = teardown.steps.find(({ call }) => contains(call, release) || contains(release, call));
  if (step === undefined) return undefined;
  const halves = new Set(lock.holds.map(calledHalf));
  const stops = sideNames(stop);
  for (const node of wayTo(step).slice(0, -1)) {
    const name = node.type === 'CallExpression' ? thisMember(node.callee) : undefined;
    const method = name === undefined ? undefined : facts.methods.get(name);
    if (method === undefined || node.type !== 'CallExpression' || halves.has(name) || stops.has(method.name)) continue;
    const { body, params } = method.value;
    const others = teardown.steps.some((other) => other !== step && contains(body, other.call) && !contains(other.call, step.call) && !contains(step.call, other.call));
    const isDirect = contains(body, release) && params.length === 0 && node.arguments.length === 0;
    if (isDirect && !others && !mayTurnBack(body, release)) return node;
  }
  return undefined;
}

/** Whether a helper looks at more than the handle before it gives it back. */
export function mayTurnBack(body: TSESTree.Node, release: TSESTree.Node): boolean {
  const roots = rootsIn(release);
  const isOwn = (node: TSESTree.Node): boolean => node.type === 'IfStatement' && rootsIn(node.test).every((root) => roots.includes(root));
  return someBelow(body, ({ type }) => type === 'ReturnStatement', (node) => isFunction(node) || isOwn(node));
}
