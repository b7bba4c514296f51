import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../model/ast/callee-name.ts';
import { childNodes } from '../model/ast/children.ts';
import { isClass } from '../model/ast/is-class.ts';
import { isFunction } from '../model/ast/is-function.ts';
import { isLogging } from '../model/ast/is-logging.ts';
import { keyName } from '../model/ast/key-name.ts';
import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import { visit } from '../model/ast/visit.ts';
import type { ClassFacts } from '../model/service.ts';
import type { Mention, State } from './mention.ts';
import { awaitedNames } from './awaited-names.ts';
import { workersOf } from './workers-of.ts';

interface Walk {
  readonly facts: ClassFacts;
  readonly locked: readonly string[];
  /** Methods that take nothing and only call a locked one, with its name. */
  readonly forwards: ReadonlyMap<string, string>;
  readonly holds: ReadonlySet<TSESTree.Node>;
  readonly mentions: Mention[];
  readonly entered: Set<string>;
  /** Fields that the code under the lock awaits. */
  readonly awaitedFields: Set<string>;
  /** Lists in fields of which some method awaits what is in them. */
  readonly emptied: ReadonlySet<string>;
  /** Fields with an object that was given work which leads to a locked method. */
  readonly workers: ReadonlySet<string>;
  drains: boolean;
  polls: boolean;
}

interface At {
  readonly host: string;
  readonly state: State;
  /** Whether the value of the expression is awaited or returned. */
  readonly awaited: boolean;
  /** Whether the background work it belongs to is kept somewhere. */
  readonly kept: boolean;
  readonly nested: boolean;
  readonly names: ReadonlyMap<string, number>;
  /** Whether it is the call of a statement that does nothing else. */
  readonly isBare: boolean;
  /** Inside `new Promise(…)` that is awaited: what settles it, and the piece of code that may do so. */
  readonly settlers: ReadonlySet<string>;
  readonly scope: TSESTree.Node | undefined;
  /** Whether it stands where a failure is handled. */
  readonly inCatch: boolean;
  /** The field that keeps the value of the expression. */
  readonly keptIn: string | undefined;
  /** Whether it is handed to an object that stop may wait for. */
  readonly isGiven: boolean;
}

const DEFERRED = new Set([
  'addEventListener',
  'addListener',
  'nextTick',
  'on',
  'once',
  'prependListener',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'subscribe',
]);
/** Methods that put their arguments into something. */
const COLLECTS = new Set(['add', 'defer', 'push', 'set', 'unshift']);
/** Methods that hand out what a collection of tasks has in it. */
const CONTENTS = new Set(['concat', 'entries', 'filter', 'get', 'map', 'pop', 'shift', 'slice', 'splice', 'values']);
const DIRECT = new Set(['all', 'allSettled', 'any', 'catch', 'filter', 'finally', 'flatMap', 'forEach', 'map', 'race', 'then']);

/** Follows the methods that will hold the lock, and what they call, through their class. */
export function walkHeld(
  facts: ClassFacts,
  locked: readonly string[],
  forwards: ReadonlyMap<string, string>,
  holds: readonly TSESTree.Node[],
): Pick<Walk, 'awaitedFields' | 'drains' | 'mentions' | 'polls'> {
  const walk: Walk = {
    facts,
    locked,
    forwards,
    holds: new Set(holds),
    mentions: [],
    entered: new Set(),
    awaitedFields: new Set(),
    emptied: new Set([...facts.methods.values()].flatMap(({ value }) => [...awaitedNames(value.body).keys()])),
    workers: workersOf(facts, locked),
    drains: false,
    polls: false,
  };
  for (const name of locked) enterMethod(walk, name, 'held', false);
  return walk;
}

function enterMethod(walk: Walk, name: string, state: State, kept: boolean): void {
  const method = walk.facts.methods.get(name);
  const key = `${name} ${state} ${String(kept)}`;
  if (method === undefined || walk.entered.has(key)) return;
  walk.entered.add(key);
  const { body } = method.value;
  read(walk, body, {
    host: name,
    state,
    kept,
    nested: false,
    awaited: body.type !== 'BlockStatement',
    names: awaitedNames(body),
    settlers: new Set(),
    isBare: false,
    scope: undefined,
    inCatch: false,
    keptIn: undefined,
    isGiven: false,
  });
}

function read(walk: Walk, node: TSESTree.Node, at: At): void {
  if (isClass(node)) return;
  if (isFunction(node)) {
    readFunction(walk, node, { ...at, kept: at.isGiven }, at.state === 'held' ? (at.awaited ? 'unsure' : 'free') : at.state);
    return;
  }
  switch (node.type) {
    case 'AwaitExpression':
      read(walk, node.argument, { ...at, awaited: true });
      return;
    case 'ReturnStatement':
      if (node.argument !== null) read(walk, node.argument, { ...at, awaited: true });
      return;
    case 'CatchClause':
      readChildren(walk, node, { ...at, inCatch: true }, undefined);
      return;
    case 'DoWhileStatement':
    case 'ForStatement':
    case 'WhileStatement':
      if (at.state === 'held' && isPoll(node)) walk.polls = true;
      readChildren(walk, node, { ...at, awaited: false }, undefined);
      return;
    case 'VariableDeclarator':
      if (at.state === 'held' && node.id.type === 'ObjectPattern' && node.init?.type === 'ThisExpression' && at.names.size > 0)
        walk.drains = true;
      if (node.init !== null) read(walk, node.init, { ...at, awaited: isAwaitedLater(node.id, at), kept: true });
      return;
    case 'AssignmentExpression':
      read(walk, node.left, { ...at, awaited: false });
      read(walk, node.right, assignedAt(node, at));
      return;
    case 'ExpressionStatement':
      read(walk, node.expression, { ...at, awaited: false, kept: at.kept || startsTask(walk, node, at), isBare: isBareCall(node, at) });
      return;
    case 'Property':
      readProperty(walk, node, at);
      return;
    case 'CallExpression':
    case 'NewExpression':
      readCall(walk, node, at);
      return;
    case 'MemberExpression':
      readMember(walk, node, undefined, at);
      return;
    case 'ForOfStatement':
      readChildren(walk, node, at, node.await || isLoopedOver(node, at) ? node.right : undefined);
      return;
    default:
      readChildren(walk, node, node.type.endsWith('Statement') ? { ...at, awaited: false } : at, undefined);
  }
}

/** A promise that was awaited under its name before it was made is waited for, if at all, by the next who comes. */
function assignedAt({ left, range }: TSESTree.AssignmentExpression, at: At): At {
  const awaited = isAwaitedLater(left, at);
  const name = thisMember(left);
  const last = at.names.get(`this.${name ?? ''}`);
  const isEarlier = last !== undefined && last < range[0] && !at.awaited;
  return { ...at, awaited: at.awaited || awaited, kept: true, keptIn: name, state: isEarlier && at.state === 'held' ? 'unsure' : at.state };
}

/** `while (this.active > 0) await sleep(10);`: waits for work that it does not name. */
function isPoll(node: TSESTree.DoWhileStatement | TSESTree.ForStatement | TSESTree.WhileStatement): boolean {
  const isOwn = (inner: TSESTree.Node): boolean => thisMember(inner) !== undefined;
  return node.test !== null && someBelow(node.test, isOwn) && someBelow(node.body, (inner) => inner.type === 'AwaitExpression', isFunction);
}

function readChildren(walk: Walk, node: TSESTree.Node, at: At, awaited: TSESTree.Node | undefined): void {
  for (const child of childNodes(node)) read(walk, child, child === awaited ? { ...at, awaited: true } : at);
}

/** `onClose: () => …` is a handler for later; any other function in a value that is waited for may run at once. */
function readProperty(walk: Walk, node: TSESTree.Property, at: At): void {
  const isHandler = /^on[A-Z_]?/.test(keyName(node) ?? '') && isFunction(unwrap(node.value));
  read(walk, node.value, isHandler ? { ...at, awaited: false, kept: at.isGiven } : at);
}

/** `for (const task of this.tasks) await task;` */
function isLoopedOver({ left }: TSESTree.ForOfStatement, { names }: At): boolean {
  const [declared] = left.type === 'VariableDeclaration' ? left.declarations : [];
  const name = declared?.id ?? left;
  return name.type === 'Identifier' && names.has(name.name);
}

/** Whether the name that takes the value, or the field, is awaited somewhere in the same function. */
function isAwaitedLater(target: TSESTree.Node, { names }: At): boolean {
  if (target.type === 'Identifier') return names.has(target.name);
  if (target.type === 'MemberExpression' && target.object.type === 'Identifier') return names.has(target.object.name);
  const field = thisMember(target);
  return field === undefined ? target.type === 'ObjectPattern' || target.type === 'ArrayPattern' : names.has(`this.${field}`);
}

function readFunction(walk: Walk, node: TSESTree.Node, at: At, state: State): void {
  if (node.type !== 'ArrowFunctionExpression') return;
  const scope = at.settlers.size === 0 ? undefined : node.body;
  read(walk, node.body, {
    ...at,
    state,
    scope,
    isBare: false,
    keptIn: undefined,
    isGiven: false,
    nested: true,
    awaited: node.body.type !== 'BlockStatement',
    names: awaitedNames(node.body),
  });
}

/** `await new Promise((resolve) => …)`: held up only by what leads to `resolve`. */
function readExecutor(walk: Walk, node: TSESTree.ArrowFunctionExpression, at: At): void {
  const settlers = new Set(node.params.flatMap((param) => (param.type === 'Identifier' ? [param.name] : [])));
  const parts = node.body.type === 'BlockStatement' && !node.async ? node.body.body : [node.body];
  for (const scope of parts) {
    read(walk, scope, { ...at, state: 'free', kept: false, nested: true, awaited: false, names: awaitedNames(scope), settlers, scope });
  }
}

/** `void this.stop();`: a call whose end nobody here can be waiting for. */
function isBareCall({ expression }: TSESTree.ExpressionStatement, { settlers }: At): boolean {
  const inner = unwrap(expression);
  const call = inner.type === 'UnaryExpression' && inner.operator === 'void' ? unwrap(inner.argument) : inner;
  const leadsOn = (node: TSESTree.Node): boolean =>
    node.type === 'AwaitExpression' || isFunction(node) || (node.type === 'Identifier' && settlers.has(node.name));
  return call.type === 'CallExpression' && !someBelow(call, leadsOn);
}

/** `void this.loop();`, also with a `catch`: a task that stop may wait for in some other way than by its promise. */
function startsTask({ facts }: Walk, { expression }: TSESTree.ExpressionStatement, { state, nested }: At): boolean {
  let inner = unwrap(expression);
  if (state !== 'held' || nested) return false;
  for (;;) {
    const own = thisMember(inner);
    if (own !== undefined) return facts.methods.has(own);
    if (inner.type === 'UnaryExpression') inner = unwrap(inner.argument);
    else if (inner.type === 'CallExpression') inner = unwrap(inner.callee);
    else if (inner.type === 'MemberExpression') inner = unwrap(inner.object);
    else return false;
  }
}

function settles({ settlers, scope }: At): boolean {
  if (scope === undefined) return false;
  return someBelow(
    scope,
    (node) => node.type === 'Identifier' && settlers.has(node.name),
    (node) => node !== scope && isFunction(node),
  );
}

function readCall(walk: Walk, node: TSESTree.CallExpression | TSESTree.NewExpression, at: At): void {
  const callee = unwrap(node.callee);
  const name = calleeName(node) ?? '';
  const isChain = name === 'then' || name === 'catch' || name === 'finally';
  if (callee.type === 'MemberExpression' && node.type === 'CallExpression' && thisMember(callee) !== undefined)
    readMember(walk, callee, node, at);
  else if (isFunction(callee)) readFunction(walk, callee, at, at.state === 'held' && !at.awaited ? 'free' : at.state);
  else if (callee.type === 'MemberExpression' && !isChain)
    readChildren(walk, callee, { ...at, awaited: at.awaited && (CONTENTS.has(name) || !isOwnField(walk, callee.object) || isWorker(walk, callee.object)) }, undefined);
  else read(walk, callee, isChain && goesOn(node, name) && !at.awaited && at.state === 'held' ? { ...at, state: 'unsure', isBare: false } : at);
  const isCollected = COLLECTS.has(name) && callee.type === 'MemberExpression' && (isAwaitedLater(callee.object, at) || isEmptied(walk, callee.object));
  const isGiven = givesWork(walk, node) || (at.keptIn !== undefined && walk.workers.has(at.keptIn) && !DEFERRED.has(name));
  for (const argument of node.arguments) {
    const inner = unwrap(argument);
    if (name === 'Promise' && inner.type === 'ArrowFunctionExpression' && at.state === 'held' && at.awaited) readExecutor(walk, inner, at);
    else if (isFunction(inner))
      readFunction(walk, inner, { ...at, kept: (at.kept || isGiven) && !DEFERRED.has(name) }, callbackState(walk, node, name, { ...at, awaited: at.awaited || isCollected }));
    else if (DEFERRED.has(name)) read(walk, argument, { ...at, awaited: false, kept: false, isGiven: false });
    else read(walk, argument, { ...at, awaited: at.awaited || isCollected, kept: true, isGiven });
  }
}

/** `this.stop().then(done)`: what comes after a call that nobody waits for. Who only logs is not waited for either. */
function goesOn({ arguments: [handler] }: TSESTree.CallExpression | TSESTree.NewExpression, name: string): boolean {
  if (name === 'catch' || handler === undefined) return false;
  return !(isFunction(handler) && isLogging(handler.body));
}

function isEmptied({ emptied }: Walk, node: TSESTree.Node): boolean {
  const name = thisMember(node);
  return name !== undefined && emptied.has(`this.${name}`);
}

function isWorker({ workers }: Walk, node: TSESTree.Node): boolean {
  const name = thisMember(node);
  return name !== undefined && workers.has(name);
}

/** Whether a call hands its arguments to an object that stop may wait for. */
function givesWork(walk: Walk, { callee }: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const target = unwrap(callee);
  if (target.type !== 'MemberExpression') return false;
  const object = unwrap(target.object);
  return isWorker(walk, object) || (object.type === 'Identifier' && walk.workers.has(`=${object.name}`));
}

function isOwnField({ facts }: Walk, node: TSESTree.Node): boolean {
  const name = thisMember(node);
  return name !== undefined && !facts.methods.has(name);
}

function callbackState(walk: Walk, call: TSESTree.Node, name: string, { state, awaited }: At): State {
  if (state !== 'held' || walk.holds.has(call)) return state;
  if (!awaited || DEFERRED.has(name)) return 'free';
  return DIRECT.has(name) ? 'held' : 'unsure';
}

function stateAt(at: At): State {
  if (at.isBare && !at.awaited) return 'free';
  if (settles(at)) return 'unsure';
  return at.state === 'held' && !at.awaited ? 'free' : at.state;
}

/** The locked method that a function in the field, or a getter of that name, calls: `this.bound = this.stop.bind(this)`. */
function storedCall({ facts, locked }: Walk, name: string, isCalled: boolean): string | undefined {
  let target: string | undefined;
  visit(facts.node.body, (node) => {
    const isGetter = node.type === 'MethodDefinition' && node.kind === 'get' && keyName(node) === name;
    const isInit = isCalled && node.type === 'PropertyDefinition' && keyName(node) === name;
    const isSet = isCalled && node.type === 'AssignmentExpression' && thisMember(node.left) === name;
    if (isGetter || isInit || isSet) target ??= locked.find((own) => someBelow(node, (inner) => thisMember(inner) === own));
    return undefined;
  });
  return target;
}

function readMember(walk: Walk, node: TSESTree.MemberExpression, call: TSESTree.CallExpression | undefined, at: At): void {
  const name = thisMember(node);
  if (name === undefined) {
    readChildren(walk, node, at, undefined);
    return;
  }
  if (!walk.facts.methods.has(name)) {
    if (at.state !== 'held' || !at.awaited) return;
    walk.drains = true;
    walk.awaitedFields.add(name);
    const target = storedCall(walk, name, call !== undefined);
    if (target !== undefined)
      walk.mentions.push({
        name: target,
        node,
        call,
        isCall: true,
        state: 'unsure',
        waits: false,
        isAwaitedFree: false,
        host: at.host,
        nested: at.nested,
        keptIn: undefined,
        isLeftBehind: false,
      });
    return;
  }
  const state = stateAt(at);
  const isAwaitedFree = at.state === 'free' && at.awaited;
  const waits = isAwaitedFree && at.kept;
  const { host, nested, keptIn } = at;
  const isLeftBehind = at.state === 'held' && state === 'free' && at.inCatch;
  const seen = { node, call, state, waits, isAwaitedFree, host, nested, keptIn, isLeftBehind };
  const target = state === 'held' && call?.arguments.length === 0 ? walk.forwards.get(name) : undefined;
  if (target !== undefined) {
    walk.mentions.push({ ...seen, name: target, isCall: true });
    return;
  }
  walk.mentions.push({ ...seen, name, isCall: call !== undefined });
  if (!walk.locked.includes(name)) enterMethod(walk, name, state, state === 'free' && at.kept);
}
