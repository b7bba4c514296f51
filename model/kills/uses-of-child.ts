import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { isLogging } from '../ast/is-logging.ts';
import { memberName } from '../ast/member-name.ts';
import { functionAround, outermost } from '../ast/parents.ts';
import { unwrap } from '../ast/unwrap.ts';
import { LISTENS } from '../flow/callee-names.ts';
import { calledFunction } from './called.ts';
import type { Child } from './children.ts';
import type { FileCode } from './file-code.ts';
import { importedAs } from './imported.ts';
import { isSeenFunction } from './is-seen-function.ts';

export interface Listener {
  readonly node: TSESTree.CallExpression;
  readonly event: string | undefined;
  readonly handler: TSESTree.Node;
}

/** What a file does with one child process. */
export interface ChildUses {
  /** `child.kill(…)`. */
  readonly kills: TSESTree.CallExpression[];
  /** Signals that are sent in other ways: `process.kill(child.pid)`, `treeKill(child.pid)`. */
  readonly pidKills: TSESTree.CallExpression[];
  readonly listeners: Listener[];
  /** `once(child, 'exit')`; the child itself where that is a promise. */
  readonly promises: TSESTree.Node[];
  /** `child.killed`. */
  readonly killedTests: TSESTree.MemberExpression[];
  /** `child.exitCode`, `child.signalCode`, `child.killed`. */
  readonly looks: TSESTree.MemberExpression[];
  /** Where the handle is thrown away: assigned nothing, deleted. */
  readonly drops: TSESTree.Node[];
  /** Where it goes out of sight, or is used in a way that cannot be read. */
  readonly escapes: TSESTree.Node[];
}

const NEUTRAL = new Set(['channel', 'disconnect', 'off', 'ref', 'removeAllListeners', 'removeListener', 'send', 'setMaxListeners', 'spawnargs', 'spawnfile', 'unref']);
const LOOKS = new Set(['connected', 'exitCode', 'killed', 'signalCode']);
const STREAMS = new Set(['stderr', 'stdin', 'stdio', 'stdout']);
export const EXIT_EVENTS = new Set<string | undefined>(['close', 'exit']);

export function usesOfChild(child: Child, code: FileCode): ChildUses {
  const uses: ChildUses = { kills: [], pidKills: [], listeners: [], promises: [], killedTests: [], looks: [], drops: [], escapes: [] };
  for (const mention of child.mentions) {
    readUse(mention, child, uses, code);
    if (isGiven(mention, code)) uses.escapes.push(mention);
  }
  return uses;
}

/** A parameter of a function that is called out of sight: whoever calls it has the child too. */
function isGiven(mention: TSESTree.Node, code: FileCode): boolean {
  const binding = mention.type === 'Identifier' ? code.names.get(mention) : undefined;
  if (binding?.kind !== 'parameter' || binding.id !== mention || !isFunction(binding.scope)) return false;
  const at = outermost(binding.scope, code);
  const parent = code.parents.get(at);
  const isVisitor = parent?.type === 'CallExpression' && VISITS.test(calleeName(parent) ?? '');
  return !isVisitor && !isSeenFunction(binding.scope, code);
}

const VISITS = /^(?:every|filter|find|flatMap|forEach|map|some)$/;

function readUse(mention: TSESTree.Node, child: Child, uses: ChildUses, code: FileCode): void {
  const at = outermost(mention, code);
  const parent = code.parents.get(at);
  switch (parent?.type) {
    case 'MemberExpression':
      if (parent.object === at) readMember(parent, child, uses, code);
      break;
    case 'CallExpression':
      if (parent.callee !== at) readArgument(parent, mention, uses, code);
      break;
    case 'AwaitExpression':
      if (child.kind === 'execa') uses.promises.push(mention);
      else if (mention.type !== 'CallExpression') uses.escapes.push(mention);
      break;
    case 'AssignmentExpression':
      if (parent.left === at && isFalsy(parent.right)) uses.drops.push(parent);
      break;
    case 'UnaryExpression':
      if (parent.operator === 'delete') uses.drops.push(parent);
      break;
    case 'ReturnStatement':
    case 'ArrowFunctionExpression':
      if (parent.type === 'ReturnStatement' || parent.body === at) readReturn(parent, mention, uses, code);
      break;
    case 'Property':
      if (parent.value === at && code.parents.get(parent)?.type === 'ObjectExpression' && !isKeptInside(parent, code)) uses.escapes.push(mention);
      break;
    case 'ArrayExpression':
    case 'ExportSpecifier':
    case 'NewExpression':
    case 'SpreadElement':
    case 'YieldExpression':
      uses.escapes.push(mention);
      break;
    default:
  }
}

function isFalsy(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  return (inner.type === 'Identifier' && inner.name === 'undefined') || (inner.type === 'Literal' && (inner.value === null || inner.value === false)) || (inner.type === 'UnaryExpression' && inner.operator === 'void');
}

function readMember(member: TSESTree.MemberExpression, child: Child, uses: ChildUses, code: FileCode): void {
  const name = memberName(member);
  const at = outermost(member, code);
  const parent = code.parents.get(at);
  const call = parent?.type === 'CallExpression' && parent.callee === at ? parent : undefined;
  if (name === 'kill' && call !== undefined) uses.kills.push(call);
  else if (name !== undefined && LISTENS.has(name) && call !== undefined) readListener(call, member, uses, code);
  else if (name === 'pid') readPid(at, uses, code);
  else if (name !== undefined && LOOKS.has(name)) {
    uses.looks.push(member);
    if (name === 'killed') uses.killedTests.push(member);
  } else if (name !== undefined && STREAMS.has(name)) readStream(at, uses, code);
  else if ((name === 'then' || name === 'catch' || name === 'finally') && child.kind === 'execa') uses.promises.push(member.object);
  else if (name === undefined || !NEUTRAL.has(name)) uses.escapes.push(member);
}

function readListener(call: TSESTree.CallExpression, member: TSESTree.MemberExpression, uses: ChildUses, code: FileCode): void {
  const [event, handler] = call.arguments;
  const name = event?.type === 'Literal' && typeof event.value === 'string' ? event.value : undefined;
  if (handler === undefined) uses.escapes.push(member);
  else uses.listeners.push({ node: call, event: name, handler });
  // `child.on('exit', …).on('error', …)`
  const next = code.parents.get(outermost(call, code));
  if (next?.type === 'MemberExpression') readUse(call, { kind: 'node' } as Child, uses, code);
}

const KILLS = /kill/i;

function readPid(at: TSESTree.Node, uses: ChildUses, code: FileCode): void {
  let node = at;
  for (let parent = code.parents.get(node); parent !== undefined; node = parent, parent = code.parents.get(node)) {
    if (parent.type === 'CallExpression') {
      if (parent.callee !== node && isKillCall(parent)) uses.pidKills.push(parent);
      return;
    }
    if (parent.type === 'VariableDeclarator' || parent.type === 'AssignmentExpression' || parent.type === 'ReturnStatement') {
      uses.escapes.push(at);
      return;
    }
    if (parent.type.endsWith('Statement')) return;
  }
}

/** `process.kill(…)`, `treeKill(…)`, and commands in which the word stands. */
function isKillCall(call: TSESTree.CallExpression): boolean {
  if (KILLS.test(calleeName(call) ?? '')) return true;
  return call.arguments.some((argument) => {
    if (argument.type === 'Literal') return KILLS.test(String(argument.value));
    return argument.type === 'TemplateLiteral' && argument.quasis.some(({ value }) => KILLS.test(value.raw));
  });
}

/** A stream of the child may tell of its end too. */
function readStream(at: TSESTree.Node, uses: ChildUses, code: FileCode): void {
  const parent = code.parents.get(at);
  if (parent?.type === 'ForOfStatement' && parent.await) uses.escapes.push(at);
  if (parent?.type !== 'MemberExpression') return;
  const call = code.parents.get(outermost(parent, code));
  const event = call?.type === 'CallExpression' ? call.arguments[0] : undefined;
  if (event?.type === 'Literal' && /^(?:close|end|finish)$/.test(String(event.value))) uses.escapes.push(at);
}

function readArgument(call: TSESTree.CallExpression, mention: TSESTree.Node, uses: ChildUses, code: FileCode): void {
  const imported = importedAs(call.callee, code);
  const isOnce = imported?.from === 'events' && imported.name === 'once';
  if (isOnce && call.arguments[0] === outermost(mention, code)) {
    const [, event] = call.arguments;
    if (event?.type !== 'Literal') uses.escapes.push(mention);
    else if (EXIT_EVENTS.has(String(event.value))) uses.promises.push(call);
    return;
  }
  if (isLogging(call) || calledFunction(call, code) !== undefined || /^(?:add|delete|has|includes|indexOf|push|set)$/.test(calleeName(call) ?? '')) return;
  uses.escapes.push(mention);
}

function readReturn(parent: TSESTree.Node, mention: TSESTree.Node, uses: ChildUses, code: FileCode): void {
  const fn = parent.type === 'ArrowFunctionExpression' ? parent : functionAround(parent, code);
  if (fn === undefined || !isSeenFunction(fn, code)) uses.escapes.push(mention);
}

/** `sessions.set(id, { child })`, `this.session = { child }`: an object that stays in the file. */
function isKeptInside(property: TSESTree.Node, code: FileCode): boolean {
  const object = code.parents.get(property);
  const at = object === undefined ? undefined : outermost(object, code);
  const parent = at === undefined ? undefined : code.parents.get(at);
  if (parent?.type === 'CallExpression') return /^(?:add|push|set)$/.test(calleeName(parent) ?? '');
  return parent?.type === 'VariableDeclarator' || parent?.type === 'AssignmentExpression' || parent?.type === 'PropertyDefinition';
}
