import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { childNodes } from '../ast/children.ts';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { LockScope } from './lock-scope.ts';
import { lockUseOf } from './lock-use.ts';
import { workOf } from './work-of.ts';

/** Waits for the promises among its arguments. */
const WAITS_FOR_ARGUMENTS = new Set([
  'all',
  'allSettled',
  'any',
  'race',
  'pTimeout',
  'raceTimeout',
  'withDeadline',
  'withTimeout',
  'runPromise',
]);
/** Runs its callback at once and hands back, or waits for, what that returns. */
const RUNS_CALLBACK = new Set([
  'flatMap',
  'map',
  'pMap',
  'pRetry',
  'retry',
  'then',
  'catch',
  'finally',
  'withDeadline',
  'withRetry',
  'withTimeout',
  'reduce',
]);

interface Walk {
  readonly scope: LockScope;
  readonly calls: TSESTree.CallExpression[];
  readonly seen: Set<TSESTree.Node>;
}

/**
 * The calls whose end the nodes wait for: awaited, returned or in a chain of promises that is. A call in a callback which runs later, a
 * handler or a timer, is not waited for. `waitsForReturn` is false under try and `using`, which release before a returned promise settles.
 */
export function waitedCalls(
  nodes: readonly TSESTree.Node[],
  scope: LockScope,
  waitsForReturn: boolean,
): readonly TSESTree.CallExpression[] {
  const walk: Walk = { scope, calls: [], seen: new Set() };
  for (const node of nodes) walkNode(node, isExpressionBody(node) && waitsForReturn, waitsForReturn, walk);
  return walk.calls;
}

function isExpressionBody({ type }: TSESTree.Node): boolean {
  return !type.endsWith('Statement') && !type.endsWith('Declaration');
}

function walkNode(node: TSESTree.Node, isWaited: boolean, waitsForReturn: boolean, walk: Walk): void {
  const inner = unwrap(node);
  const next = (child: TSESTree.Node | null | undefined, waited: boolean): void => {
    if (child != null) walkNode(child, waited, waitsForReturn, walk);
  };
  if (isFunction(inner) || isClass(inner)) return;
  switch (inner.type) {
    case 'AwaitExpression':
      next(inner.argument, true);
      return;
    case 'ReturnStatement':
      next(inner.argument, waitsForReturn);
      return;
    case 'CallExpression':
      walkCall(inner, isWaited, waitsForReturn, walk);
      return;
    case 'ConditionalExpression':
      next(inner.test, false);
      next(inner.consequent, isWaited);
      next(inner.alternate, isWaited);
      return;
    case 'LogicalExpression':
      next(inner.left, isWaited);
      next(inner.right, isWaited);
      return;
    case 'AssignmentExpression':
      next(inner.left, false);
      next(inner.right, isWaited);
      return;
    case 'ArrayExpression':
      for (const element of inner.elements) next(element, isWaited);
      return;
    case 'ForOfStatement':
      next(inner.right, inner.await);
      next(inner.body, false);
      return;
    case 'Identifier': {
      // `const stopping = this.stop(); … await stopping;`
      const local = walk.scope.locals.get(inner.name);
      if (isWaited && local?.init !== undefined && local.path.length === 0 && !walk.seen.has(inner)) {
        walk.seen.add(inner);
        next(local.init, true);
      }
      return;
    }
    default:
      for (const child of childNodes(inner)) next(child, false);
  }
}

function walkCall(call: TSESTree.CallExpression, isWaited: boolean, waitsForReturn: boolean, walk: Walk): void {
  if (isWaited && !walk.calls.includes(call)) walk.calls.push(call);
  const callee = unwrap(call.callee);
  const name = calleeName(call) ?? '';
  const isTail = callee.type === 'MemberExpression' && (name === 'then' || name === 'catch' || name === 'finally');
  if (isFunction(callee)) runNow(callee, isWaited, walk);
  else if (callee.type === 'MemberExpression') walkNode(callee.object, isTail && isWaited, waitsForReturn, walk);
  const use = isWaited ? lockUseOf(call, walk.scope) : undefined;
  for (const argument of call.arguments) {
    const inner = unwrap(argument);
    if (use?.kind === 'run' && use.work === argument) {
      for (const node of workOf(argument, walk.scope).nodes) walkNode(node, isExpressionBody(node), true, walk);
    } else if (isFunction(inner)) {
      if (isWaited && RUNS_CALLBACK.has(name)) runNow(inner, true, walk);
    } else {
      walkNode(argument, isWaited && (WAITS_FOR_ARGUMENTS.has(name) || walk.scope.settings.timeouts.includes(name)), waitsForReturn, walk);
    }
  }
}

/** A function that runs on the spot. */
function runNow({ body }: { readonly body: TSESTree.Node }, isWaited: boolean, walk: Walk): void {
  if (isWaited) walkNode(body, isExpressionBody(body), true, walk);
}
