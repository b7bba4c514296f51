import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { functionAround, outermost } from '../ast/parents.ts';
import { unwrap } from '../ast/unwrap.ts';
import { CHAINS, ITERATORS, RUNNERS } from '../flow/callee-names.ts';
import type { Code } from './code.ts';
import { isTimerCall } from './is-timer-call.ts';

/** When a function runs that stands inside another: within it, on a timer, or some time later. */
export type CallbackUse = 'event' | 'inline' | 'timer';

const cache = new WeakMap<Code, Map<TSESTree.Node, CallbackUse>[]>();

/** Kept for each depth: where one name stands for many functions, each of them leads to all the others. */
export function callbackUse(fn: TSESTree.Node, code: Code, depth = 0): CallbackUse {
  const byDepth = cache.get(code) ?? [];
  cache.set(code, byDepth);
  const known = (byDepth[depth] ??= new Map<TSESTree.Node, CallbackUse>());
  const use = known.get(fn) ?? readUse(fn, code, depth);
  known.set(fn, use);
  return use;
}

function readUse(fn: TSESTree.Node, code: Code, depth: number): CallbackUse {
  const at = outermost(fn, code);
  const parent = code.parents.get(at);
  switch (parent?.type) {
    case 'CallExpression':
    case 'NewExpression':
      if (unwrap(parent.callee) === fn) return 'inline';
      return argumentUse(parent);
    case 'MemberExpression': {
      // `callback.bind(this)`, `callback.call(this)`
      const call = code.parents.get(outermost(parent, code));
      if (call?.type !== 'CallExpression' || parent.object !== at) return 'event';
      return calleeName(call) === 'bind' ? callbackUse(call, code, depth) : 'inline';
    }
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? localUse(parent.id, code, depth) : 'event';
    default:
      return isFunction(fn) && fn.type === 'FunctionDeclaration' && fn.id !== null ? localUse(fn.id, code, depth) : 'event';
  }
}

function argumentUse(call: TSESTree.CallExpression | TSESTree.NewExpression): CallbackUse {
  const name = calleeName(call) ?? '';
  if (call.type === 'NewExpression') return name === 'Promise' ? 'inline' : 'event';
  if (isTimerCall(call)) return 'timer';
  return ITERATORS.has(name) || RUNNERS.has(name) || CHAINS.has(name) || name === 'from' ? 'inline' : 'event';
}

/** A function that is kept under a name runs where the name is called, or when what the name is handed to calls it. */
function localUse(id: TSESTree.Identifier, code: Code, depth: number): CallbackUse {
  if (depth > 3) return 'event';
  const scope = functionAround(id, code);
  const uses = (code.names.get(id.name) ?? []).filter((use) => use !== id && code.memberOf.get(use) === code.memberOf.get(id) && scope !== undefined);
  const found = new Set(uses.map((use) => callbackUse(use, code, depth + 1)));
  return found.has('inline') ? 'inline' : found.has('timer') ? 'timer' : 'event';
}
