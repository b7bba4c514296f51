import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { calleeText } from '../../model/ast/callee-text.ts';
import { childNodes } from '../../model/ast/children.ts';
import { contains } from '../../model/ast/contains.ts';
import { isAwait } from '../../model/ast/is-await.ts';
import { isClass } from '../../model/ast/is-class.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { isLogging } from '../../model/ast/is-logging.ts';
import { keyName } from '../../model/ast/key-name.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { thisRoot } from '../../model/ast/this-root.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { visit } from '../../model/ast/visit.ts';
import { isSleepName } from '../../model/drains/names.ts';
import type { Task } from '../../model/ledger/ledger.ts';
import { lineOf } from '../../model/line-of.ts';
import type { FunctionNode, Method, Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { functionOn, pathTo } from '../teardown/path-to.ts';
import { childrenWith, isCounted, testsIn } from './loop-tests.ts';
import { localsOf, type StopSigns } from './stop-signs.ts';

/** A sleep of no more than this many ms may be waited for. */
const SHORT = 5_000;
/** Functions that wait for as long as nothing comes. */
const WAITS = /^(?:on|once)$|^(?:accept|blpop|brpop|consume|dequeue|idle|join|listen|loop|next|poll|pop|pull|read|receive|recv|run|serve|shift|start|subscribe|take|wait|watch)(?:$|[A-Z_])|(?:Complete|Done|End|Finish|Finished|Idle|Ready|Settled)$/;
/** Functions in fields by which a service tells its owner that it is over, who may then stop it. */
const LAST_WORDS = /^[#_]*on(?:Abort|Close|Crash|Disconnect|Done|End|Error|Exit|Fail|Failure|Fatal|Finish|Lost|Quit|Stop)/;
const CHAINS = /^(?:catch|finally|then)$/;
const ENDLESS = new Set(['DoWhileStatement', 'ForStatement', 'WhileStatement']);

/** What a name in the code of a task stands for: a field of the service. */
type Names = ReadonlyMap<string, string>;

/**
 * The signs of stop that a task waits for, or why it cannot be waited for: it would go on until the deadline, or wait for itself. A call
 * to somewhere else is taken to end by itself unless its name says that it waits.
 */
export function endsWithStop(service: Service, source: Source, task: Task, signs: StopSigns): Obstacle | ReadonlySet<TSESTree.Node> {
  const reader = new Reader(service, source, signs);
  const { body, node, text } = task;
  const own = service.stop.methods.find(({ value }) => value === body);
  if (own !== undefined) return { node, why: `${text} is ${own.name}() itself, which would wait for itself` };
  if (body === undefined || !contains(service.node, body)) return { node, why: `does not hold what ${text} does` };
  const begun = [...service.facts.methods.values()].find(({ value }) => value === body);
  if (begun !== undefined && isOverridden(service, begun)) return { node, why: `${text} begins this.${begun.name}(), which a subclass has of its own` };
  const fn = functionOn(pathTo(service.node, node));
  const names = fn === undefined ? new Map<string, string>() : localsOf(fn);
  const around: Names = fn !== undefined && contains(fn, body) ? names : new Map();
  reader.enter(body, new Map([...around, ...(node.type === 'CallExpression' ? bind(body, node.arguments, names) : [])]));
  return reader.obstacle === undefined ? reader.seen : { node, why: `${text} ${reader.obstacle}` };
}

/** The fields that the parameters of a function stand for. */
function bind({ params }: FunctionNode, args: readonly TSESTree.Node[], names: Names): Names {
  const bound = new Map<string, string>();
  params.forEach((param, index) => {
    const arg = args[index];
    const field = arg === undefined ? undefined : rootOf(arg, names);
    if (param.type === 'Identifier' && field !== undefined) bound.set(param.name, field);
  });
  return bound;
}

function rootOf(node: TSESTree.Node, names: Names): string | undefined {
  let at = unwrap(node);
  for (;;) {
    const own = thisRoot(at);
    if (own !== undefined) return own;
    if (at.type === 'Identifier') return names.get(at.name);
    if (at.type === 'MemberExpression') at = unwrap(at.object);
    else if (at.type === 'CallExpression') at = unwrap(at.callee);
    else return undefined;
  }
}

class Reader {
  readonly seen = new Set<TSESTree.Node>();
  obstacle: string | undefined;
  readonly #service: Service;
  readonly #source: Source;
  readonly #signs: StopSigns;
  readonly #entered = new Set<FunctionNode>();
  /** What is being read, outermost first. */
  readonly #open: FunctionNode[] = [];

  constructor(service: Service, source: Source, signs: StopSigns) {
    this.#service = service;
    this.#source = source;
    this.#signs = signs;
  }

  enter(fn: FunctionNode, params: Names): void {
    if (this.#entered.has(fn)) return;
    this.#entered.add(fn);
    this.#open.push(fn);
    const names = new Map([...localsOf(fn.body), ...params]);
    this.#read(fn.body, names);
    if (fn.body.type !== 'BlockStatement') this.#readWaited(fn.body, names);
    this.#open.pop();
  }

  #leave(node: TSESTree.Node, why: string): void {
    this.obstacle ??= why.replace('LINE', `line ${String(lineOf(this.#source, node))}`);
  }

  #read(node: TSESTree.Node, names: Names): void {
    if (this.obstacle !== undefined || isClass(node)) return;
    this.#readMention(node);
    if (node.type === 'AwaitExpression' || (node.type === 'ReturnStatement' && node.argument !== null)) this.#readWaited(node.argument ?? node, names);
    if (node.type === 'ForOfStatement' && node.await && !this.#isEnded(node.right, names)) this.#leave(node, `reads to the end of what ${this.#stop} does not close, at LINE`);
    if (ENDLESS.has(node.type) && !isCounted(node) && someBelow(node, isAwait, isFunction) && !this.#asks(node, names)) this.#leave(node, `goes round a loop at LINE that ${this.#stop} does not end`);
    for (const child of childNodes(node)) this.#read(child, names);
  }

  get #stop(): string {
    return `${this.#service.stop.main.name}()`;
  }

  /** What would wait for the stop that waits for it. */
  #readMention(node: TSESTree.Node): void {
    const { start, stop, lock } = this.#service;
    const own = node.type === 'MemberExpression' ? thisMember(node) : undefined;
    this.#readTaken(node);
    if (own === undefined) return;
    if ([...stop.methods, ...stop.forwarders, ...start.methods, ...start.forwarders].some(({ name }) => name === own)) this.#leave(node, `comes to this.${own}() at LINE, and would wait for itself`);
    if (lock.lifecycle?.key.split(/[.(]/)[0] === own) this.#leave(node, `takes ${lock.lifecycle.key} at LINE, which ${this.#stop} holds while it waits`);
  }

  /** `const { stop } = this;`, `const self = this;`, `give(this)`: from there on it cannot be seen who calls stop. */
  #readTaken(node: TSESTree.Node): void {
    const taken = (why: string): void => { this.#leave(node, `${why} at LINE, and whether that comes to ${this.#stop} cannot be told`); };
    if (node.type === 'VariableDeclarator' && node.init?.type === 'ThisExpression') {
      const isFields = node.id.type === 'ObjectPattern' && node.id.properties.every((one) => one.type === 'Property' && !this.#service.facts.methods.has(keyName(one) ?? ''));
      if (!isFields) taken('takes the service apart, or by another name,');
    }
    if (node.type === 'CallExpression' && !isLogging(node) && node.arguments.some((argument) => unwrap(argument).type === 'ThisExpression')) taken('hands on the service itself');
  }

  #readWaited(node: TSESTree.Node, names: Names): void {
    const inner = unwrap(node);
    if (this.obstacle !== undefined) return;
    const parts = partsOf(inner);
    if (parts !== undefined) {
      for (const part of parts) this.#readWaited(part, names);
      return;
    }
    if (inner.type === 'Identifier' && names.has(inner.name)) {
      if (!this.#isEnded(inner, names)) this.#leave(inner, 'waits at LINE for a promise of which it cannot be told who settles it');
      return;
    }
    if (inner.type === 'Identifier') this.#readLocal(inner, names);
    if (inner.type === 'NewExpression' && calleeName(inner) === 'Promise') {
      if (!this.#isSettledSoon(inner)) this.#leave(inner, `waits at LINE for a promise that ${this.#stop} does not settle`);
      return;
    }
    if (inner.type === 'MemberExpression' && thisRoot(inner) !== undefined && !this.#isEnded(inner, names)) this.#leave(inner, 'waits at LINE for a promise of which it cannot be told who settles it');
    if (inner.type !== 'CallExpression' || isLogging(inner)) return;
    const callee = unwrap(inner.callee);
    const own = thisMember(callee);
    const method = own === undefined ? undefined : this.#service.facts.methods.get(own);
    if (method !== undefined) this.#enterMethod(method, inner, names);
    else if (own !== undefined && callee.type === 'MemberExpression' && LAST_WORDS.test(own)) this.#leave(inner, `waits at LINE for this.${own}(), which may come to ${this.#stop}`);
    else if (isFunction(callee)) this.enter(callee, names);
    else this.#readForeign(inner, names);
  }

  #enterMethod({ name, value }: Method, call: TSESTree.CallExpression, names: Names): void {
    if (this.#open.includes(value)) this.#leave(call, `comes to this.${name}() again at LINE, and may never end`);
    else if (isOverridden(this.#service, { name })) this.#leave(call, `comes at LINE to this.${name}(), which a subclass has of its own`);
    else this.enter(value, bind(value, call.arguments, names));
  }

  /** `const failed = this.fail(); await failed;` */
  #readLocal({ name }: TSESTree.Identifier, names: Names): void {
    const fn = this.#open.at(-1);
    if (fn === undefined) return;
    visit(fn.body, (node) => {
      const init = node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.name === name ? node.init : null;
      if (init !== null && unwrap(init).type !== 'Identifier') this.#readWaited(init, names);
      return undefined;
    });
  }

  #readForeign(call: TSESTree.CallExpression, names: Names): void {
    const name = calleeName(call) ?? '';
    const callee = unwrap(call.callee);
    if (call.arguments.some((argument) => this.#isEndedBelow(argument, names))) return;
    if (callee.type === 'MemberExpression' && CHAINS.test(name)) this.#readWaited(callee.object, names);
    for (const argument of call.arguments) this.#readGiven(argument, names);
    if (this.obstacle !== undefined) return;
    // What ends by itself is waited for before the thing that it uses is closed.
    if (!isSleepName(name) && !WAITS.test(name)) return;
    if (callee.type === 'MemberExpression' && this.#isEnded(callee.object, names)) return;
    if (isSleepName(name)) {
      if (!call.arguments.some((argument) => isShort(argument))) this.#leave(call, `sleeps at LINE, and ${this.#stop} cannot cut that short`);
    } else this.#leave(call, `waits for ${calleeText(call)} at LINE, which ${this.#stop} does not end`);
  }

  /** What a call that is waited for may wait for in turn: `Promise.all([this.turn()])`, `retry(() => this.turn())`. */
  #readGiven(argument: TSESTree.Node, names: Names): void {
    const inner = unwrap(argument);
    const own = inner.type === 'MemberExpression' ? this.#service.facts.methods.get(thisMember(inner) ?? '') : undefined;
    if (own !== undefined) this.enter(own.value, new Map());
    if (isFunction(inner)) this.enter(inner, names);
    if (inner.type === 'ArrayExpression') this.#readWaited(inner, names);
    if (inner.type === 'CallExpression' && this.#service.facts.methods.has(thisMember(inner.callee) ?? '')) this.#readWaited(inner, names);
  }

  /** Whether stop ends the object that a value comes from. */
  #isEnded(node: TSESTree.Node, names: Names): boolean {
    const inner = unwrap(node);
    const ended = this.#behind(rootOf(inner, names)).flatMap((field) => this.#signs.ends.get(field) ?? []);
    ended.forEach((one) => this.seen.add(one));
    return ended.length > 0 || (inner.type === 'CallExpression' && inner.arguments.some((argument) => this.#isEndedBelow(argument, names)));
  }

  /** A field, or those that a getter of the class looks at. */
  #behind(field: string | undefined): readonly string[] {
    const getter = field === undefined ? undefined : this.#service.facts.getters.get(field);
    if (field === undefined || getter === undefined) return field === undefined ? [] : [field];
    const fields: string[] = [];
    visit(getter.body, (node) => {
      const own = node.type === 'MemberExpression' ? thisMember(node) : undefined;
      if (own !== undefined) fields.push(own);
      return undefined;
    });
    return fields;
  }

  #isEndedBelow(node: TSESTree.Node, names: Names): boolean {
    return someBelow(node, (below) => (below.type === 'MemberExpression' || below.type === 'Identifier') && this.#isEnded(below, names), isOther);
  }

  /** Whether a loop looks at something that stop writes or ends: in its test, or in a test in it that leaves it. */
  #asks(loop: TSESTree.Node, names: Names): boolean {
    const tests = [loop, ...testsIn(loop)].flatMap((node) => ('test' in node && node.test !== null ? [node.test] : []));
    const throwing = childrenWith(loop, 'throwIfAborted');
    return [...tests, ...throwing].map((test) => this.#isSign(test, names)).includes(true);
  }

  #isSign(test: TSESTree.Node, names: Names, depth = 0): boolean {
    return someBelow(test, (node) => {
      const field = node.type === 'MemberExpression' || node.type === 'Identifier' ? rootOf(node, names) : undefined;
      if (field === undefined) return false;
      const method = this.#service.facts.methods.get(field)?.value ?? this.#service.facts.getters.get(field);
      if (method !== undefined) return depth < 3 && this.#isSign(method.body, names, depth + 1);
      const signs = [...(this.#signs.writes.get(field) ?? []), ...(this.#signs.ends.get(field) ?? [])];
      signs.forEach((one) => this.seen.add(one));
      return signs.length > 0;
    });
  }

  /** By a short timer, or by a function that stop calls. */
  #isSettledSoon({ arguments: [executor] }: TSESTree.NewExpression): boolean {
    if (executor === undefined || !isFunction(executor)) return false;
    const isKept = someBelow(executor.body, (node) => node.type === 'AssignmentExpression' && this.#signs.calls.has(thisMember(node.left) ?? ''));
    const timed = (node: TSESTree.Node): boolean => node.type === 'CallExpression' && isSleepName(calleeName(node) ?? '') && node.arguments.some((argument) => isShort(argument));
    return isKept || someBelow(executor.body, timed);
  }
}

/** What may be waited for in a choice or a list. */
function partsOf(node: TSESTree.Node): readonly TSESTree.Node[] | undefined {
  if (node.type === 'ConditionalExpression') return [node.consequent, node.alternate];
  if (node.type === 'LogicalExpression') return node.operator === '&&' ? [node.right] : [node.left, node.right];
  return node.type === 'ArrayExpression' || node.type === 'SequenceExpression' ? childNodes(node) : undefined;
}

function isOverridden({ facts }: Pick<Service, 'facts'>, { name }: Pick<Method, 'name'>): boolean {
  return facts.subclasses.some((one) => one.methods.has(name) || isOverridden({ facts: one }, { name }));
}

/** What gives something new: `decode(message)`, but not `AbortSignal.any([signal])`. */
function isOther(node: TSESTree.Node): boolean {
  return isFunction(node) || node.type === 'AwaitExpression' || (node.type === 'CallExpression' && !calleeText(node).startsWith('AbortSignal.'));
}

function isShort(node: TSESTree.Node): boolean {
  return node.type === 'Literal' && typeof node.value === 'number' && node.value <= SHORT;
}
