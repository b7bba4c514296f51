import { calleeName } from '../ast/callee-name.ts';
import { memberName } from '../ast/member-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { ClassNode } from '../service.ts';

/** `clearTimeout(this.inner.#timer)` in a class that keeps the timer in `this.#timer`: `inner` may well be the object itself. */
export function isClearedThroughAnother(field: string, node: ClassNode): boolean {
  return someBelow(node.body, (inner) => {
    if (inner.type !== 'CallExpression' || !/^clear(?:Interval|Timeout)$/.test(calleeName(inner) ?? '')) return false;
    const handle = inner.arguments[0] === undefined ? undefined : unwrap(inner.arguments[0]);
    return handle?.type === 'MemberExpression' && memberName(handle) === field && unwrap(handle.object).type !== 'ThisExpression';
  });
}
