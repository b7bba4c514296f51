import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { calleeText } from '../ast/callee-text.ts';
import { isAwait } from '../ast/is-await.ts';
import { isFunction } from '../ast/is-function.ts';
import { isLogging } from '../ast/is-logging.ts';
import { isLoop } from '../ast/is-loop.ts';
import { outermost } from '../ast/parents.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { CHAINS, RUNNERS } from '../flow/callee-names.ts';
import { isCalmHandler } from '../teardown/never-fails.ts';
import type { Keep, Origin, Release, Task } from './ledger.ts';
import type { Fact, FunctionNode } from '../service.ts';
import type { Code } from './code.ts';
import { canReject } from './failure.ts';
import { follow, type Path } from './follow.ts';
import { boundTarget, callbackOf } from './callback-of.ts';
import { isGated } from './gate.ts';
import { isTimerCall } from './is-timer-call.ts';
import { storedIn } from './keep-of.ts';
import { joinsWork } from './joins-work.ts';
import { rootOfChain, workOf } from './promise-work.ts';
import type { LedgerScope } from './scope.ts';
import { standsIn } from './timer-code.ts';
import { type Use, usesOfField, usesOfLocal } from './uses.ts';

/** The promises that a class begins and does not wait for. */
export function readTasks(scope: LedgerScope): readonly Task[] {
  const { code } = scope;
  return code.calls.flatMap((call) => {
    if (call.type !== 'CallExpression') return [];
    const ticked = isTimerCall(call) ? tickOf(call, scope) : undefined;
    if (ticked !== undefined) return ticked;
    const found = candidate(call, scope);
    return found === undefined ? [] : (taskOf(found, scope) ?? []);
  });
}

interface Candidate {
  readonly node: TSESTree.Node;
  readonly text: string;
  readonly body: FunctionNode | undefined;
  readonly path: Path;
}

/** A call whose promise is neither awaited nor given to somebody else. */
function candidate(call: TSESTree.CallExpression, { code, file }: LedgerScope): Candidate | undefined {
  if (isLogging(call)) return undefined;
  const body = workOf(call, code, file);
  if (body !== undefined) {
    const path = follow(call, code);
    // Within `lock.runExclusive(() => this.#work())` the call of the lock is the one that nobody waits for.
    if (!hasWait(body) || path.through.some((outer) => workOf(outer, code, file) !== undefined)) return undefined;
    return { node: call, text: calleeText(call), body, path };
  }
  const path = follow(call, code);
  const isChain = CHAINS.has(calleeName(call) ?? '');
  if (isChain) {
    const root = rootOfChain(call);
    const isInnermost = unwrap((unwrap(call.callee) as TSESTree.MemberExpression).object) === root;
    if (!isInnermost || root.type !== 'CallExpression' || workOf(root, code, file) !== undefined) return undefined;
    return { node: root, text: textOfChain(root), body: undefined, path: { ...path, through: [call, ...path.through] } };
  }
  const isStatement = path.end.to === 'dropped' && path.isVoided && path.through.every((outer) => !CHAINS.has(calleeName(outer) ?? ''));
  return isStatement && !isArrowBody(call, code) ? { node: call, text: calleeText(call), body: undefined, path } : undefined;
}

/** `() => void emit()`: the `void` may only be there so that the arrow returns nothing. */
/** What `Promise.resolve()` gives cannot fail: what hangs on it can. */
function textOfChain(root: TSESTree.CallExpression): string {
  return `${calleeText(root)}${calleeName(root) === 'resolve' ? '.then(…)' : ''}`;
}

function isArrowBody(node: TSESTree.Node, code: Code): boolean {
  const outer = code.parents.get(outermost(node, code));
  return outer?.type === 'UnaryExpression' && code.parents.get(outermost(outer, code))?.type === 'ArrowFunctionExpression';
}

function hasWait(fn: FunctionNode): boolean {
  if (fn.body.type !== 'BlockStatement') return true;
  return someBelow(fn.body, isAwait, isFunction);
}

/** An async function that a timer calls: nobody waits for the promise that it gives. */
function tickOf(call: TSESTree.CallExpression, scope: LedgerScope): Task | undefined {
  const { code } = scope;
  const callback = callbackOf(call.arguments[0], code);
  if (callback?.async !== true || !hasWait(callback)) return undefined;
  const node = call.arguments[0] ?? call;
  const text = isFunction(unwrap(node)) ? `the async callback of ${calleeText(call)}` : `${calleeText(boundTarget(node))}()`;
  const path: Path = { end: { to: 'dropped' }, through: [], isVoided: false };
  const task = taskOf({ node, text, body: callback, path }, scope);
  const isRecurring = scope.timers.some((timer) => timer.node === call && timer.isRecurring);
  if (task === undefined) return undefined;
  const around = scope.reach.originsOf(call);
  const origins: ReadonlySet<Origin> = around.size === 1 && around.has('stop') ? around : new Set(['timer']);
  return Object.freeze({ ...task, origins, isRecurring, isCallback: true });
}

function taskOf({ node, text, body, path }: Candidate, scope: LedgerScope): Task | undefined {
  const { code, reach } = scope;
  const kept = keptAs(path, code);
  if (kept === undefined) return undefined;
  const { keep, uses } = kept;
  const releases = uses.flatMap((use): Release[] => {
    if (use.kind !== 'await') return [];
    return [{ node: use.node, method: code.memberOf.get(use.node)?.name ?? '', isInStop: reach.isInStop(use.node) }];
  });
  return Object.freeze({
    kind: 'task',
    node,
    text,
    method: code.memberOf.get(node)?.name ?? '',
    origins: reach.originsOf(node),
    keep,
    released: joined(keep, uses, releases, partsOf(node, body, path), scope),
    releases: Object.freeze(releases),
    work: body === undefined ? 'foreign' : 'own',
    body,
    observed: observedFact(node, path, uses, body, scope),
    isBrief: body !== undefined && isBrief(body),
    isGated: body !== undefined && isGated(body, code),
    isRecurring: standsIn(node, recurringCode(scope), code),
    isCallback: false,
    isVoided: path.isVoided,
  });
}

const recurring = new WeakMap<LedgerScope, ReadonlySet<FunctionNode>>();

/** What runs when a timer fires that does so more than once. */
function recurringCode(scope: LedgerScope): ReadonlySet<FunctionNode> {
  const runs = recurring.get(scope) ?? new Set(scope.timers.flatMap((timer) => (timer.isRecurring ? [...timer.runs] : [])));
  recurring.set(scope, runs);
  return runs;
}

/** Undefined where somebody waits for it after all. */
function keptAs({ end }: Path, code: Code): { readonly keep: Keep; readonly uses: readonly Use[] } | undefined {
  switch (end.to) {
    case 'awaited':
    case 'returned':
    case 'tested':
      return undefined;
    case 'dropped':
      return { keep: { in: 'nowhere' }, uses: [] };
    case 'field':
    case 'collection':
      return { keep: { in: end.to, name: end.name }, uses: usesOfField(end.name, code) };
    case 'local':
      return keptInLocal(end.id, code);
    case 'elsewhere':
    case 'property':
      return { keep: { in: 'elsewhere' }, uses: [] };
  }
}

function keptInLocal(id: TSESTree.Identifier, code: Code): { readonly keep: Keep; readonly uses: readonly Use[] } | undefined {
  const uses = usesOfLocal(id, code);
  if (uses.some(({ kind }) => kind === 'await')) return undefined;
  const fields = storedIn(id, code);
  const [field] = fields;
  if (field !== undefined) return { keep: field, uses: [...uses.filter(({ kind }) => kind === 'catch'), ...usesOfField(field.name, code)] };
  return uses.some(({ kind }) => kind === 'escape') ? { keep: { in: 'elsewhere' }, uses } : { keep: { in: 'local', name: id.name }, uses };
}

function observedFact(node: TSESTree.Node, { end, through, isVoided }: Path, uses: readonly Use[], body: FunctionNode | undefined, { code, file }: LedgerScope): Fact {
  const handled = through.some((call) => {
    const name = calleeName(call);
    if (name === 'catch') return isCalmHandler(call.arguments[0]);
    return (name === 'then' && call.arguments.length > 1) || name === 'allSettled';
  });
  if (handled || uses.some(({ kind }) => kind === 'catch')) return 'yes';
  if (end.to === 'elsewhere' || uses.some(({ kind }) => kind === 'escape')) return 'unknown';
  // Whoever has begun it waits for it too, or hands it on: the field is there for others.
  if (uses.some((use) => use.kind === 'await' && code.memberOf.get(use.node) === code.memberOf.get(node) && use.node.range[0] > node.range[0])) return 'unknown';
  if (through.some((call) => calleeName(call) === 'catch')) return 'unknown';
  if (body === undefined) return isVoided || through.some(mayThrow) ? 'no' : 'unknown';
  const rejects = canReject(body, code, file);
  return rejects === 'yes' ? 'no' : rejects === 'no' ? 'yes' : 'unknown';
}

/** Whether a callback of a chain does more than to log and to write down what it is given. */
function mayThrow({ arguments: args }: TSESTree.CallExpression): boolean {
  return args.some((argument) => someBelow(argument, (node) => (node.type === 'CallExpression' || node.type === 'AwaitExpression') && !isLogging(node), isLogging));
}

/** At most one await, in no loop. */
function isBrief(body: FunctionNode): boolean {
  let waits = 0;
  let loops = 0;
  visit(body, (node) => {
    if (node.type === 'AwaitExpression') waits++;
    if (isLoop(node) && someBelow(node, isAwait)) loops++;
    return undefined;
  });
  return waits < 2 && loops === 0;
}

/** The code that belongs to a task: its body, the functions handed to a foreign call, and the callbacks that follow. */
function partsOf(node: TSESTree.Node, body: FunctionNode | undefined, { through }: Path): readonly TSESTree.Node[] {
  const calls = [...(node.type === 'CallExpression' ? [node] : []), ...through];
  const callbacks = calls.flatMap((call) => call.arguments.filter((argument) => isFunction(unwrap(argument))));
  const isUnderLock = node.type === 'CallExpression' && RUNNERS.has(calleeName(node) ?? '');
  return [...(body === undefined ? [] : [body]), ...callbacks, ...(isUnderLock ? [node] : [])];
}

function joined(keep: Keep, uses: readonly Use[], releases: readonly Release[], parts: readonly TSESTree.Node[], scope: LedgerScope): Fact {
  const { code, reach } = scope;
  if (keep.in === 'elsewhere' || code.hasAlias) return 'unknown';
  if (releases.some(({ isInStop }) => isInStop)) return 'yes';
  if ((keep.in === 'field' || keep.in === 'collection') && code.hasUnknownBase && !scope.isDeclared(keep.name)) return 'unknown';
  // Awaited by a method that others call: whoever stops the service may call it first.
  const isOutside = (node: TSESTree.Node): boolean => ['call', 'event'].some((origin) => reach.originsOf(node).has(origin as Origin));
  const isGiven = uses.some((use) => use.kind === 'escape' || (use.kind === 'await' && isOutside(use.node)));
  if (isGiven) return 'unknown';
  return parts.some((part) => joinsWork(part, scope)) ? 'unknown' : 'no';
}
