import type { TSESTree } from '@typescript-eslint/utils';
import { calleeText } from '../ast/callee-text.ts';
import { isLoop } from '../ast/is-loop.ts';
import { calleeName } from '../ast/callee-name.ts';
import { memberName } from '../ast/member-name.ts';
import { around, functionAround } from '../ast/parents.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Fact } from '../service.ts';
import { callsOf } from './called.ts';
import type { Child } from './children.ts';
import type { Exits } from './exits-of-child.ts';
import type { ExitWait } from './exit-waits.ts';
import { type FileCode, functionsAround } from './file-code.ts';
import { contains } from '../ast/contains.ts';
import type { Kill, KillGap, Spawn } from './kill.ts';
import { awaitBetween, follows, mayReach } from './order.ts';
import { pathText } from './path-text.ts';
import { isNeverSent } from './is-never-sent.ts';
import { ownerOf } from './owner-of.ts';
import { executorsAround } from './settles.ts';
import { endsProcess, signalOf } from './signal.ts';
import { deadTestOf } from './dead-test.ts';
import { strandsChild } from './strands-child.ts';
import type { ChildUses } from './uses-of-child.ts';
import { waitsOtherwise } from './waits-otherwise.ts';

/** What one kill is read with. */
export interface KillScope {
  readonly child: Child;
  readonly uses: ChildUses;
  readonly exits: Exits;
  readonly code: FileCode;
}

/** Every kill of one child process, those that only escalate another left out. */
export function readKills(scope: KillScope): Kill[] {
  const { uses, code } = scope;
  const sent = uses.kills.map((node) => ({ node, signal: signalOf(node.arguments[0], code) }));
  return sent.flatMap(({ node, signal }) => {
    if (!endsProcess(signal)) return [];
    const isEscalation = signal === 'SIGKILL' && sent.some((first) => first.signal !== 'SIGKILL' && endsProcess(first.signal) && follows(node, first.node, code));
    return isEscalation ? [] : [readKill(node, signal, scope)];
  });
}

function readKill(node: TSESTree.CallExpression, signal: string | undefined, scope: KillScope): Kill {
  const { child, code } = scope;
  const callee = unwrap(node.callee) as TSESTree.MemberExpression;
  const { wait, exitAwaited } = waitAfter(node, scope);
  const { escalated, escalation } = escalationOf(node, signal, scope);
  const bounded = boundOf({ node, signal, escalated, escalation }, wait, scope);
  const facts = { node, child: callee.object, name: pathText(callee.object) ?? calleeText(callee.object), signal, fn: functionAround(node, code), ...ownerOf(node, code), spawn: spawnOf(child, code) };
  const read = { ...facts, exitAwaited, wait: wait?.node, bounded, escalated, escalation };
  const gap = gapOf(read, wait, scope);
  const strands = strandsChild(node, exitAwaited === 'yes', scope);
  return Object.freeze({ ...read, gap, strands, isHazard: strands && isHarmful(read, gap, code) });
}

function spawnOf({ spawns }: Child, code: FileCode): Spawn | undefined {
  const [node] = spawns;
  if (node === undefined || spawns.length > 1) return undefined;
  for (const at of around(node, code)) {
    if (at.type === 'VariableDeclarator' || at.type === 'AssignmentExpression') return { node, kept: at };
    if (at.type.endsWith('Statement')) break;
  }
  return { node, kept: undefined };
}

function waitAfter(node: TSESTree.CallExpression, { child, uses, exits, code }: KillScope): { wait: ExitWait | undefined; exitAwaited: Fact } {
  const covering = exits.waits.filter((wait) => covers(wait, node, code));
  const [wait] = covering.filter(({ node: at }) => at.range[1] > node.range[1]).concat(covering);
  if (wait !== undefined) return { wait, exitAwaited: 'yes' };
  const others = exits.waits.some((each) => !isAtStart(each, child, code));
  const isUnseen = uses.escapes.length > 0 || exits.unread.length > 0 || others || waitsOtherwise(node, code);
  return { wait: undefined, exitAwaited: isUnseen ? 'unknown' : 'no' };
}

function covers(wait: ExitWait, kill: TSESTree.Node, code: FileCode): boolean {
  if (wait.promise.type === 'NewExpression' && contains(wait.promise, kill)) return !settlesBeside(kill, wait.promise, code);
  if (wait.fn !== undefined && contains(wait.fn, kill)) return mayReach(kill, wait.node, code, true);
  return isCalledBefore(wait, kill, code);
}

/** Whether the promise is settled where the signal is sent, so that nobody waits for the exit any more: `child.kill(); reject(error)`. */
function settlesBeside(kill: TSESTree.Node, promise: TSESTree.NewExpression, code: FileCode): boolean {
  const fn = functionAround(kill, code);
  const executor = executorsAround(kill, code).find((each) => each.promise === promise);
  if (fn === undefined || executor === undefined || fn === promise.arguments[0]) return false;
  return executor.settlers.some((settler) => code.names.mentionsOf(settler).some((mention) => functionAround(mention, code) === fn));
}

/** A caller of the function that kills waits afterwards. */
function isCalledBefore({ node, fn }: ExitWait, kill: TSESTree.Node, code: FileCode): boolean {
  if (fn === undefined) return false;
  const calls = functionsAround(kill, code).flatMap((each) => callsOf(each, code));
  return calls.some((call) => contains(fn, call) && mayReach(call, node, code, true));
}

/** A wait in the function that makes the child: for the start, or for a run that has come to its end. */
function isAtStart({ fn }: ExitWait, { spawns }: Child, code: FileCode): boolean {
  return fn !== undefined && spawns.some((spawn) => functionsAround(spawn, code).includes(fn));
}

function escalationOf(node: TSESTree.CallExpression, signal: string | undefined, { child, uses, code }: KillScope): { escalated: Fact; escalation: TSESTree.CallExpression | undefined } {
  if (signal === 'SIGKILL') return { escalated: 'yes', escalation: undefined };
  const sends = [...uses.kills, ...uses.pidKills].filter((send) => send !== node);
  const hard = sends.filter((send) => isHard(send, code) && !isNeverSent(send, code));
  const after = hard.filter((send) => follows(send, node, code));
  const live = after.find((send) => deadTestOf(send, node, code) === undefined);
  if (live !== undefined) return { escalated: 'yes', escalation: live };
  if (child.kind === 'execa') return { escalated: node.arguments.length < 2 && signal === 'SIGTERM' ? 'yes' : 'unknown', escalation: undefined };
  const [dead] = after;
  if (dead !== undefined) return { escalated: 'no', escalation: dead };
  const isUnseen = uses.escapes.length > 0 || hard.length > 0 || uses.pidKills.length > 0 || sends.some((send) => send.arguments.length > 0 && signalOf(send.arguments[0], code) === undefined);
  return { escalated: isUnseen || signal === undefined ? 'unknown' : 'no', escalation: undefined };
}

/** `child.kill('SIGKILL')`, `process.kill(-child.pid, 9)`, `treeKill(child.pid, 'SIGKILL')`. */
function isHard(send: TSESTree.CallExpression, code: FileCode): boolean {
  return send.arguments.some((argument) => signalOf(argument, code) === 'SIGKILL');
}

function boundOf({ node, signal, escalated, escalation }: Pick<Kill, 'escalated' | 'escalation' | 'node' | 'signal'>, wait: ExitWait | undefined, { child, uses, code }: KillScope): Fact {
  if (signal === 'SIGKILL' || (child.kind === 'execa' && escalated === 'yes')) return 'yes';
  if (wait === undefined) return 'no';
  if (wait.bounded !== 'no') return wait.bounded;
  if (escalation !== undefined && isOnlyAfter(escalation, wait, code)) return 'no';
  const isTimedKill = escalation !== undefined && Array.from(around(escalation, code)).some((at) => at.type === 'CallExpression' && /timeout/i.test(calleeName(at) ?? ''));
  if (isTimedKill && deadTestOf(escalation, node, code) === undefined) return 'yes';
  return escalation !== undefined || uses.pidKills.length > 0 || uses.escapes.length > 0 ? 'unknown' : 'no';
}

/** `await exited; child.kill('SIGKILL');`: what could end the wait comes behind it. */
function isOnlyAfter(escalation: TSESTree.Node, { node, fn }: ExitWait, code: FileCode): boolean {
  const isLooped = Array.from(around(escalation, code)).some((at) => isLoop(at) && contains(at, node));
  return fn !== undefined && functionAround(escalation, code) === fn && functionAround(node, code) === fn && node.range[1] <= escalation.range[0] && !isLooped;
}

type Read = Omit<Kill, 'gap' | 'isHazard' | 'strands'>;

function isHarmful({ node, signal, escalated, escalation }: Read, gap: Kill['gap'], code: FileCode): boolean {
  switch (gap?.kind) {
    case 'no-deadline':
    case 'no-escalation':
      return true;
    case 'not-awaited':
      return signal !== 'SIGKILL' && escalated === 'no' && escalation === undefined;
    case 'late-listener':
      return awaitBetween(node, gap.node, code) !== undefined;
    default:
      return false;
  }
}

function gapOf(kill: Read, wait: ExitWait | undefined, scope: KillScope): Kill['gap'] {
  const gap = (kind: KillGap, node: TSESTree.Node): Kill['gap'] => ({ kind, node });
  const { node, signal, exitAwaited, bounded, escalated, escalation } = kill;
  if (signal === undefined) return undefined;
  const isLate = wait !== undefined && isMadeAfter(wait.promise, node, scope.code);
  if (isLate && awaitBetween(node, wait.promise, scope.code) !== undefined && !isGuarded(wait.promise, scope)) return gap('late-listener', wait.promise);
  if (exitAwaited === 'no') return gap('not-awaited', node);
  if (exitAwaited === 'yes' && bounded === 'no') return gap('no-deadline', wait?.node ?? node);
  if (escalated === 'no' && escalation !== undefined) return gap('dead-escalation', deadTestOf(escalation, node, scope.code) ?? escalation);
  if (exitAwaited === 'yes' && bounded === 'yes' && escalated === 'no') return gap('no-escalation', wait?.node ?? node);
  if (exitAwaited === 'yes' && escalation !== undefined && isLeftAlone(escalation, node, scope)) return gap('unawaited-escalation', escalation);
  return isLate && !isGuarded(wait.promise, scope) ? gap('late-listener', wait.promise) : undefined;
}

/** SIGKILL is sent in the function of the first signal itself, and nothing there waits any more. Who waits for that function waits for no more than it does. */
function isLeftAlone(escalation: TSESTree.CallExpression, first: TSESTree.Node, { exits, code }: KillScope): boolean {
  if (functionAround(escalation, code) !== functionAround(first, code)) return false;
  const calls = functionsAround(escalation, code).flatMap((fn) => callsOf(fn, code));
  const others = exits.waits.filter(({ node }) => !calls.some((call) => contains(node, call)));
  return !others.some((wait) => covers(wait, escalation, code));
}

/** Whether the exit is listened for only behind the signal. A child that is a promise itself misses nothing. */
function isMadeAfter(promise: TSESTree.Node, kill: TSESTree.Node, code: FileCode): boolean {
  if (promise.type !== 'NewExpression' && (promise.type !== 'CallExpression' || calleeName(promise) !== 'once')) return false;
  return functionAround(promise, code) === functionAround(kill, code) && kill.range[1] <= promise.range[0];
}

/** Whether an exit that came before is looked for first: `if (child.exitCode === null) await once(child, 'exit')`. */
function isGuarded(node: TSESTree.Node, { uses, code }: KillScope): boolean {
  const tests = Array.from(around(node, code)).flatMap((at) => (at.type === 'IfStatement' || at.type === 'ConditionalExpression' ? [at.test] : at.type === 'LogicalExpression' ? [at.left] : []));
  const isLook = (test: TSESTree.Node): boolean => someBelow(test, (at) => uses.looks.some((look) => look === at && memberName(look) !== 'connected') || uses.kills.includes(at as TSESTree.CallExpression));
  return tests.some(isLook);
}
