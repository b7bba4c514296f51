import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { isLoop } from '../../model/ast/is-loop.ts';
import { calleeName } from '../../model/ast/callee-name.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { lineOf } from '../../model/line-of.ts';
import type { DeadlineFlaw, Drain, Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { functionsBetween } from './functions-between.ts';
import type { Obstacle } from '../lock-obstacle.ts';

const FLAWED: Readonly<Record<DeadlineFlaw, string>> = {
  'frees-slot': 'has a limit that lets the next one in while the work runs on',
  'limits-waiting': 'has a limit that holds only for the wait for a lock',
  'never-cleared': 'has a deadline whose timer is never cleared',
  'outside-lock': 'has a deadline outside of the lock, which stays held',
  resolves: 'has a deadline that resolves as if the work were done',
  unref: 'has a deadline whose timer does not keep the process alive',
};

/** What stands against putting a deadline round the operand of a drain. */
export function drainObstacle({ facts, lock }: Service, source: Source, { node, method, deadline }: Drain): Obstacle | undefined {
  const leave = (why: string): Obstacle => ({ node, why });
  const place = `${method}() at line ${String(lineOf(source, node))}`;
  if (deadline?.flaw !== undefined) return leave(`the drain in ${place} ${FLAWED[deadline.flaw]}; replace that by one that rejects`);
  const host = facts.methods.get(method);
  if (host === undefined) return leave(`it cannot be seen where ${method}() stands`);
  if (host.isGenerator) return leave(`${method}() is a generator, which may stay suspended while the deadline runs`);
  if (node.type === 'ForOfStatement') return leave(`${place} waits for every item of an iteration; give each of them a deadline`);
  if (isLoop(node)) return leave(`${place} waits in a loop; let a clock end the loop`);
  const work = operandOf(node);
  if (work === undefined) return leave(`${place} waits for something that a deadline cannot be put round`);
  if (takesLock(work)) return leave(`${place} waits for a lock, which nobody would give back if it came after the deadline`);
  const callbacks = functionsBetween(host, node);
  const isHeld = callbacks.every((callback) => lock.holds.some(({ held }) => held.some((part) => contains(callback, part) || contains(part, callback))));
  return callbacks.length === 0 || (callbacks.length === 1 && isHeld) ? undefined : leave(`the drain in ${place} stands in a callback, and who waits for that cannot be told`);
}

function takesLock(work: TSESTree.Expression): boolean {
  const call = unwrap(work);
  return call.type === 'CallExpression' && /^(?:acquire|lock|obtain|take|wait(?:For)?Lock|write_?lock|read_?lock)(?:Async)?$/i.test(calleeName(call) ?? '');
}

/** What is waited for, of an await or of a promise that is returned. */
export function operandOf(node: TSESTree.Node): TSESTree.Expression | undefined {
  if (node.type === 'AwaitExpression' || node.type === 'ReturnStatement') return node.argument ?? undefined;
  return /(?:Expression|Identifier)$/.test(node.type) ? (node as TSESTree.Expression) : undefined;
}
