import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { calleeText } from '../ast/callee-text.ts';
import { outermost } from '../ast/parents.ts';
import { unwrap } from '../ast/unwrap.ts';
import { wordsOf } from '../ast/words-of.ts';
import type { Code } from '../ledger/code.ts';
import type { Acquisition, Ledger, Timer } from '../ledger/ledger.ts';
import type { Reach } from '../ledger/reach.ts';
import { isReleaseName } from '../teardown/release-verbs.ts';
import { isEnd, oppositesOf } from './opening-verbs.ts';
import { pathOf } from './path-of.ts';
import { isWaitedFor } from './waited-for.ts';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** Something that a call acquires and that stop gives back. */
export interface Resource {
  readonly node: Call;
  readonly name: string;
  /** What it is acquired from, or kept in: `this.pool`, `this.components.registrar`. */
  readonly path: string | undefined;
  readonly field: string | undefined;
  /** The calls that give it back; those that stop comes through first. */
  readonly releases: readonly [TSESTree.Node, ...TSESTree.Node[]];
  /** Whether a second one is surely another: not so for `this.state.start()`, for which nobody waits and which may well do nothing. */
  readonly isDoubled: boolean;
}

interface Scope {
  readonly code: Code;
  readonly reach: Reach;
  readonly entries: ReadonlyMap<TSESTree.Node, Acquisition>;
  /** The calls that stop comes through. */
  readonly inStop: readonly Call[];
}

/** What the calls of a class acquire, by the call. */
export function resourcesOf(code: Code, reach: Reach, ledger: () => Ledger): ReadonlyMap<TSESTree.Node, Resource> {
  const inStop = code.calls.filter((call) => reach.isInStop(call));
  if (inStop.length === 0) return new Map();
  const scope: Scope = { code, reach, entries: new Map(ledger().entries.map((entry) => [entry.node, entry])), inStop };
  return new Map(
    code.calls.flatMap((call) => {
      const resource = resourceAt(call, scope);
      return resource === undefined ? [] : [[call, resource] as const];
    }),
  );
}

/** What a call in start acquires, if that is sure, stays alive by itself and is given back by stop. */
function resourceAt(node: Call, scope: Scope): Resource | undefined {
  if (isDisposed(node, scope)) return undefined;
  return entered(node, scope) ?? opened(node, scope) ?? kept(node, scope);
}

/** `await using pool = …` */
function isDisposed(node: Call, { code: { parents } }: Scope): boolean {
  let at: TSESTree.Node | undefined = node;
  while (at !== undefined && !at.type.endsWith('Statement') && at.type !== 'VariableDeclaration') at = parents.get(at);
  return at?.type === 'VariableDeclaration' && (at.kind === 'using' || at.kind === 'await using');
}

const ALIVE: ReadonlySet<string> = new Set(['child', 'listener', 'service', 'socket', 'subscription', 'timer', 'watcher', 'worker']);
/** Made, but not yet at work. */
const IDLE = new Set(['createSocket', 'MessageChannel', 'MutationObserver', 'PerformanceObserver', 'Socket']);

function entered(node: Call, { entries, code, reach }: Scope): Resource | undefined {
  const entry = entries.get(node);
  if (entry === undefined || !ALIVE.has(entry.kind) || IDLE.has(calleeName(node) ?? '') || !stays(entry) || !entry.releases.some(({ isInStop }) => isInStop)) return undefined;
  const [first, ...others] = entry.releases.toSorted((a, b) => Number(b.isInStop) - Number(a.isInStop)).map((release) => release.node);
  if (first === undefined) return undefined;
  if (entry.kind === 'listener' && isMadeAnew(node, code, reach)) return undefined;
  const { keep } = entry;
  const path = 'name' in keep && keep.in !== 'local' ? `this.${keep.name}` : objectPath(node, code);
  return { node, name: entry.text, path, field: 'name' in keep && keep.in === 'field' ? keep.name : fieldOf(path), releases: [first, ...others], isDoubled: entry.kind !== 'service' || isDoubled(node, code) };
}

/** A listener on something that every start makes anew goes with it. */
function isMadeAnew(node: Call, code: Code, reach: Reach): boolean {
  const field = fieldOf(objectPath(node, code));
  return (code.mentions.get(field ?? '') ?? []).some((use) => {
    const parent = code.parents.get(use);
    return parent?.type === 'AssignmentExpression' && parent.left === use && reach.originsOf(use).has('start');
  });
}

/** A timer that is there to settle a promise, or that fires at once, ends by itself. */
function stays(entry: Acquisition): boolean {
  return entry.kind !== 'timer' || ((entry as Timer).what !== 'immediate' && !(entry as Timer).settles);
}

function objectPath(node: Call, code: Code): string | undefined {
  const callee = unwrap(node.callee);
  return callee.type === 'MemberExpression' ? pathOf(callee.object, code) : undefined;
}

function fieldOf(path: string | undefined): string | undefined {
  return path?.startsWith('this.') === true ? path.split('.')[1] : undefined;
}

/** What sets an object going, whatever it is given: only the object knows what that opens. */
const INNER = new Set(['activate', 'boot', 'enable', 'init', 'initialise', 'initialize', 'launch', 'mount', 'setup', 'start']);

/** What is waited for reaches out of the process, and so does what is told where to: `this.socket.bind(port)`. */
function isDoubled(node: Call, code: Code): boolean {
  return isWaitedFor(node, code) || (node.arguments.length > 0 && !INNER.has(wordsOf(calleeName(node) ?? '')[0] ?? ''));
}

/** `await this.pool.connect()`, where stop calls `this.pool.end()`. */
function opened(node: Call, scope: Scope): Resource | undefined {
  const opposites = node.type === 'CallExpression' ? oppositesOf(calleeName(node) ?? '') : [];
  const path = opposites.length === 0 ? undefined : objectPath(node, scope.code);
  if (path === undefined || path === 'this') return undefined;
  const [first, ...others] = endsIn(scope, (call) => opposites.includes(wordsOf(calleeName(call) ?? '')[0] ?? '') && objectPath(call, scope.code) === path);
  return first === undefined ? undefined : { node, name: calleeText(node), path, field: fieldOf(path), releases: [first, ...others], isDoubled: isDoubled(node, scope.code) };
}

/** `this.pool = await createPool()`, where stop calls `this.pool.end()`; `this.off = source.watch(…)` and `this.off()`. */
function kept(node: Call, scope: Scope): Resource | undefined {
  const { code } = scope;
  const { target, isAwaited } = targetOf(node, code.parents);
  const path = target === undefined ? undefined : pathOf(target, code);
  if (path === undefined || !path.startsWith('this.') || !isAlive(node, isAwaited, path, scope)) return undefined;
  const [first, ...others] = endsIn(scope, (call) => endsPath(call, path, scope));
  return first === undefined ? undefined : { node, name: calleeText(node), path, field: fieldOf(path), releases: [first, ...others], isDoubled: true };
}

function endsPath(call: Call, path: string, { code }: Scope): boolean {
  const name = calleeName(call) ?? '';
  const callee = unwrap(call.callee);
  if (pathOf(callee, code) === path) return call.arguments.length === 0;
  if (callee.type === 'MemberExpression' && pathOf(callee.object, code) === path) return isEnd(name);
  return isReleaseName(name) && call.arguments.some((argument) => pathOf(argument, code) === path);
}

/** Whether a value is at work as soon as it is there: what had to be waited for, or a database that opens when it is made; unless somebody opens it later. */
function isAlive(node: Call, isAwaited: boolean, path: string, { code, reach }: Scope): boolean {
  const name = calleeName(node) ?? '';
  if (node.type === 'CallExpression' && (oppositesOf(name).length > 0 || /^on[A-Z]/.test(name))) return true;
  const isOpening = isAwaited || (node.type === 'NewExpression' && /(?:Database|DB)$/.test(name) && !isMadeOver(node));
  return isOpening && !code.calls.some((call) => reach.originsOf(call).has('start') && oppositesOf(calleeName(call) ?? '').length > 0 && objectPath(call, code) === path);
}

/** `new TrieDB(sublevel)`: a view of a database that something else opens. */
function isMadeOver({ arguments: [first] }: Call): boolean {
  return first?.type === 'Identifier' && /^(?:db|store|sub[a-z]*)$/i.test(first.name);
}

interface Target {
  readonly target: TSESTree.Node | undefined;
  readonly isAwaited: boolean;
}

function targetOf(node: Call, parents: ReadonlyMap<TSESTree.Node, TSESTree.Node>): Target {
  let at = outermost(node, { parents });
  let parent = parents.get(at);
  const isAwaited = parent?.type === 'AwaitExpression';
  if (parent !== undefined && isAwaited) {
    at = outermost(parent, { parents });
    parent = parents.get(at);
  }
  return { target: parent?.type === 'AssignmentExpression' && parent.right === at ? parent.left : undefined, isAwaited };
}

/** The calls that stop comes through and that match. */
function endsIn({ inStop }: Scope, matches: (call: Call) => boolean): readonly TSESTree.Node[] {
  return inStop.filter(matches);
}
