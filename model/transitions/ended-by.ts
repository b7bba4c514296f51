import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { ENDS } from '../flow/release-names.ts';
import type { CallStep, Step } from '../flow/step.ts';

/**
 * The handle whose life a step ends: `this.server.close()`, `kill(this.child)`. To take a listener off it, or to end a part of it, is none
 * of that; and clearing a timer is the matter of require-timer-release.
 */
export function endedBy(step: Step): string | undefined {
  if (step.kind !== 'call' || !isEnd(step) || step.node.type !== 'CallExpression') return undefined;
  const callee = unwrap(step.node.callee);
  if (callee.type !== 'MemberExpression') return step.args[0];
  const target = unwrap(callee.object);
  return step.on !== undefined && (target.type === 'Identifier' || thisMember(target) === step.on) ? step.on : undefined;
}

/** `session.close()`, `this.#close()`: something ends. */
export function isEnd({ name, self }: CallStep): boolean {
  return !self && ENDS.has(name.replace(/^[#_]+/, ''));
}
