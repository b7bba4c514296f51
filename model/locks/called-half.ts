import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Hold } from '../service.ts';

/**
 * `#stopLocked`, `doStop`, `_stop`: what a method of the name `stop` calls under its lock, where it does nothing else there. It is the same
 * method, whoever under the lock calls it too.
 */
export function calledHalf({ held, method }: Hold): string | undefined {
  const [only, ...more] = held;
  let node = more.length > 0 ? undefined : only;
  while (node !== undefined && node.type !== 'CallExpression') {
    if (node.type === 'BlockStatement') node = node.body.length === 1 ? node.body[0] : undefined;
    else if (node.type === 'ReturnStatement' || node.type === 'AwaitExpression') node = node.argument === null ? undefined : unwrap(node.argument);
    else if (node.type === 'ExpressionStatement') node = unwrap(node.expression);
    else return undefined;
  }
  const name = node === undefined ? undefined : thisMember(node.callee);
  return name?.toLowerCase().includes(method.name.replace(/\W/g, '').toLowerCase()) ? name : undefined;
}
