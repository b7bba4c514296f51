import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { childNodes } from '../ast/children.ts';
import { isFunction } from '../ast/is-function.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { thisRoot } from '../ast/this-root.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { RUNNERS } from '../flow/callee-names.ts';
import { endsWork } from '../drains/names.ts';
import { isReleaseName } from '../teardown/release-verbs.ts';
import type { LedgerScope } from './scope.ts';

const TAKES = new Set([...RUNNERS, 'acquireAsync', 'obtain', 'take', 'wait', 'writeLock']);
const WRITES = new Set(['add', 'delete', 'emit', 'push', 'set', 'clear', 'resolve']);

/**
 * Whether stop waits for some work in another way than by its promise: in a loop or behind a test that looks at what the work writes, for an
 * event or a resolver that the work fires, on a lock that the work holds, or for the end of the one thing that the work waits for. Work
 * that stops the service itself cannot be waited for by stop.
 */
export function joinsWork(work: TSESTree.Node, scope: LedgerScope): boolean {
  if (scope.sides.stop.methods.some(({ value }) => value === work)) return true;
  const does = readWork(work, scope);
  const stop = readStop(scope);
  if (scope.sides.stop.methods.some(({ name }) => does.calls.has(name))) return true;
  const meets = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...a].some((name) => b.has(name));
  if (meets(does.writes, stop.watches) || meets(does.writes, stop.fires) || meets(does.calls, stop.fires) || meets(does.locks, stop.locks)) return true;
  return does.waitsOn.size > 0 && [...does.waitsOn].every((field) => field !== '' && stop.ends.has(field));
}

interface Work {
  readonly writes: Set<string>;
  /** Methods of its own, and functions in fields, that it calls. */
  readonly calls: Set<string>;
  readonly locks: Set<string>;
  /** The fields whose end its awaits are for; `''` for anything else. */
  readonly waitsOn: Set<string>;
}

/** What a function and the methods that it calls do to the fields. */
function readWork(work: TSESTree.Node, { code }: LedgerScope): Work {
  const found: Work = { writes: new Set(), calls: new Set(), locks: new Set(), waitsOn: new Set() };
  const seen = new Set<TSESTree.Node>();
  const read = (fn: TSESTree.Node): void => {
    if (seen.has(fn)) return;
    seen.add(fn);
    visit(fn, (node) => {
      noteWork(node, found);
      const own = node.type === 'MemberExpression' ? thisMember(node) : undefined;
      const next = own === undefined ? undefined : code.members.get(own)?.fn;
      if (next !== undefined) read(next);
      return undefined;
    });
  };
  read(work);
  return found;
}

function noteWork(node: TSESTree.Node, { writes, calls, locks, waitsOn }: Work): void {
  const target = node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' ? node.argument : undefined;
  const field = target === undefined ? undefined : thisRoot(target);
  if (field !== undefined) writes.add(field);
  if (node.type === 'AwaitExpression') waitsOn.add(runs(node.argument) ? (fieldOf(node.argument) ?? '') : '');
  if (node.type === 'ForOfStatement' && node.await) waitsOn.add(fieldOf(node.right) ?? '');
  if (node.type !== 'CallExpression') return;
  const callee = unwrap(node.callee);
  const name = calleeName(node) ?? '';
  const on = callee.type === 'MemberExpression' ? thisRoot(callee.object) : undefined;
  if (callee.type === 'MemberExpression' && callee.object.type === 'ThisExpression') calls.add(name === 'emit' ? 'once' : name);
  if (on === undefined) return;
  if (WRITES.has(name)) writes.add(on);
  if (TAKES.has(name)) locks.add(on);
}

/** `this.#worker.run()`, which ends when the worker does; after `this.#db.write()` the work goes on. */
function runs(node: TSESTree.Node): boolean {
  const call = unwrap(node);
  return call.type !== 'CallExpression' || /^(?:closed|completed|consume|done|ended|finished|join|listen|loop|run|serve|stopped|wait|work)/i.test(calleeName(call) ?? '');
}

function fieldOf(node: TSESTree.Node): string | undefined {
  let at = unwrap(node);
  for (;;) {
    const field = thisMember(at);
    if (field !== undefined) return field;
    if (at.type === 'CallExpression') at = unwrap(at.callee);
    else if (at.type === 'MemberExpression') at = unwrap(at.object);
    else return undefined;
  }
}

interface Stop {
  /** Fields that decide how long stop waits. */
  readonly watches: Set<string>;
  /** What the executors of its promises mention: a resolver that is kept, an event. */
  readonly fires: Set<string>;
  readonly locks: Set<string>;
  /** Fields whose end stop awaits: `await this.#consumer.close()`. */
  readonly ends: Set<string>;
}

const cache = new WeakMap<LedgerScope, Stop>();

function readStop(scope: LedgerScope): Stop {
  const known = cache.get(scope);
  if (known !== undefined) return known;
  const stop: Stop = { watches: new Set(), fires: new Set(), locks: new Set(), ends: new Set() };
  for (const { root, fn } of scope.code.members.values()) {
    if (fn === undefined || !scope.reach.isInStop(fn.body)) continue;
    visit(root, (node) => {
      noteStop(node, stop);
      return undefined;
    });
  }
  cache.set(scope, stop);
  return stop;
}

function noteStop(node: TSESTree.Node, { watches, fires, locks, ends }: Stop): void {
  if (node.type === 'AwaitExpression') {
    const call = unwrap(node.argument);
    const field = fieldOf(call);
    if (field !== undefined && call.type === 'CallExpression' && endsWork(calleeName(call) ?? '')) ends.add(field);
    addAwaited(node.argument, watches);
    return;
  }
  if (node.type === 'NewExpression' && calleeName(node) === 'Promise') addFields(node, fires);
  if (node.type === 'IfStatement' && hasWait(node.consequent)) addFields(node.test, watches);
  if ((node.type === 'WhileStatement' || node.type === 'DoWhileStatement' || node.type === 'ForStatement') && hasWait(node.body)) {
    if (node.test !== null) addFields(node.test, watches);
    addTests(node.body, watches);
  }
  if (node.type !== 'CallExpression' || !TAKES.has(calleeName(node) ?? '')) return;
  const callee = unwrap(node.callee);
  const on = callee.type === 'MemberExpression' ? thisRoot(callee.object) : undefined;
  if (on !== undefined) locks.add(on);
}

function hasWait(node: TSESTree.Node): boolean {
  return someBelow(node, ({ type }) => type === 'AwaitExpression', isFunction);
}

function addTests(node: TSESTree.Node, into: Set<string>): void {
  visit(node, (below) => {
    if (below.type === 'IfStatement') addFields(below.test, into);
    return undefined;
  });
}

/** What is awaited as it is, or by a call that ends nothing: `this.#tasks`, `this.#queue.onIdle()`, but not `this.#socket.close()`. */
function addAwaited(node: TSESTree.Node, into: Set<string>): void {
  const inner = unwrap(node);
  if (isFunction(inner)) return;
  const field = thisMember(inner);
  if (field !== undefined) into.add(field);
  else if (inner.type === 'CallExpression' && isReleaseName(calleeName(inner) ?? '')) inner.arguments.forEach((argument) => addAwaited(argument, into));
  else if (inner.type === 'CallExpression' && inner.callee.type === 'MemberExpression' && inner.callee.object.type === 'ThisExpression') {
    inner.arguments.forEach((argument) => addAwaited(argument, into));
  } else childNodes(inner).forEach((child) => addAwaited(child, into));
}

function addFields(node: TSESTree.Node, into: Set<string>): void {
  visit(node, (below) => {
    const field = below.type === 'MemberExpression' ? thisMember(below) : undefined;
    if (field !== undefined) into.add(field);
    return undefined;
  });
}
