import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { TIMERS } from '../flow/callee-names.ts';

const GLOBALS = new Set(['global', 'globalThis', 'self', 'timers', 'window']);

/** `setTimeout(…)`, `globalThis.setInterval(…)`; those of `node:timers/promises` give promises and are none. */
export function isTimerCall(node: TSESTree.CallExpression | TSESTree.NewExpression): node is TSESTree.CallExpression {
  return node.type === 'CallExpression' && timerName(node) !== undefined && node.arguments.length > 0;
}

export function timerName({ callee }: TSESTree.CallExpression): string | undefined {
  const inner = unwrap(callee);
  const isGlobal = inner.type === 'MemberExpression' && inner.object.type === 'Identifier' && GLOBALS.has(inner.object.name);
  const name = inner.type === 'Identifier' ? inner.name : isGlobal ? memberName(inner) : undefined;
  return name !== undefined && TIMERS.has(name) ? name : undefined;
}
