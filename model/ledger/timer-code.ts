import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { thisMember } from '../ast/this-member.ts';
import { visit } from '../ast/visit.ts';
import type { FunctionNode } from '../service.ts';
import { callbackOf } from './callback-of.ts';
import { callbackUse } from './callback-use.ts';
import type { Code } from './code.ts';
import { isTimerCall, timerName } from './is-timer-call.ts';

/** A call that sets a timer, with all the code that runs when it fires. */
export interface TimerCode {
  readonly node: TSESTree.CallExpression;
  readonly what: 'immediate' | 'interval' | 'timeout';
  readonly callback: FunctionNode | undefined;
  /** The callback and the methods that it calls, directly or not. */
  readonly runs: ReadonlySet<FunctionNode>;
  readonly isRecurring: boolean;
}

const WHAT = { setImmediate: 'immediate', setInterval: 'interval', setTimeout: 'timeout' } as const;

export function readTimerCode(code: Code, isPromiseTimer: (name: string) => boolean): readonly TimerCode[] {
  return code.calls.flatMap((node): TimerCode[] => {
    if (!isTimerCall(node)) return [];
    const name = timerName(node) as keyof typeof WHAT;
    if (node.callee.type === 'Identifier' && (isPromiseTimer(name) || isShadowed(name, code))) return [];
    const what = WHAT[name];
    const callback = callbackOf(node.arguments[0], code);
    const runs = callback === undefined ? new Set<FunctionNode>() : runBy(callback, code);
    return [{ node, what, callback, runs, isRecurring: what === 'interval' || standsIn(node, runs, code) }];
  });
}

const shadowed = new WeakMap<Code, Map<string, boolean>>();

function isShadowed(name: string, code: Code): boolean {
  const known = shadowed.get(code) ?? new Map<string, boolean>();
  shadowed.set(code, known);
  const answer = known.get(name) ?? isDeclaredIn(name, code);
  known.set(name, answer);
  return answer;
}

function isDeclaredIn(name: string, code: Code): boolean {
  return (code.names.get(name) ?? []).some((use) => ['FunctionDeclaration', 'VariableDeclarator'].includes(code.parents.get(use)?.type ?? '') && isDeclared(use, code));
}

function isDeclared(use: TSESTree.Identifier, code: Code): boolean {
  const parent = code.parents.get(use);
  return (parent?.type === 'VariableDeclarator' || parent?.type === 'FunctionDeclaration') && parent.id === use;
}

/** A function and the methods that run with it, or in a callback of it that is no timer's. */
function runBy(fn: FunctionNode, code: Code): ReadonlySet<FunctionNode> {
  const found = new Set<FunctionNode>([fn]);
  for (const one of found) {
    visit(one, (node) => {
      if (node !== one && isFunction(node) && callbackUse(node, code) === 'timer') return 'skip';
      const own = node.type === 'MemberExpression' ? thisMember(node) : undefined;
      const next = own === undefined ? undefined : code.members.get(own)?.fn;
      const isCalled = next !== undefined && code.parents.get(node)?.type !== 'AssignmentExpression';
      if (isCalled) found.add(next);
      return undefined;
    });
  }
  return found;
}

/** Whether a node stands in one of some functions, the callbacks in them included. */
export function standsIn(node: TSESTree.Node, functions: ReadonlySet<FunctionNode>, code: Code): boolean {
  for (let at = code.parents.get(node); at !== undefined; at = code.parents.get(at)) if (isFunction(at) && functions.has(at)) return true;
  const member = code.memberOf.get(node)?.fn;
  return member !== undefined && functions.has(member);
}
