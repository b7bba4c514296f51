import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { calledHalf } from '../../model/locks/called-half.ts';
import { isHalfOf } from '../../model/locks/half-name.ts';
import type { Hold, Method, Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Change } from '../outcome.ts';
import { returnsPromise } from '../returns-promise.ts';
import { eolAt } from '../text/eol-at.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { indentAt } from '../text/indent-at.ts';
import { startsLine } from '../text/starts-line.ts';
import { trailingEnd } from '../text/trailing-end.ts';
import { insertFirst } from './insert-first.ts';

/** Lets each method that starts the service look at the flag before anything else, under the lock where it takes one. */
export function testInStart(service: Service, source: Source, flag: string): Obstacle | readonly Change[] {
  // Two methods may share what they do under the lock.
  const changes = new Map<string, Change>();
  for (const method of service.start.methods) {
    const tested = testIn(service, source, method, flag);
    if ('why' in tested) return tested;
    for (const change of tested) changes.set(`${change.start} ${change.end}`, change);
  }
  return [...changes.values()];
}

function testIn(service: Service, source: Source, method: Method, flag: string): Obstacle | readonly Change[] {
  const { facts, lock, node, kind } = service;
  const leave = (why: string): Obstacle => ({ node: method.node, why: `${method.name}() ${why}` });
  if (method.isGenerator) return leave('is a generator, and would test the flag only when it is resumed');
  if (facts.methods.get(method.name) !== method) return leave('stands in another class');
  const holds = lock.holds.filter((one) => one.method.name === method.name && one.lock.key === lock.lifecycle?.key);
  const [hold] = [...holds].sort((one, other) => one.node.range[0] - other.node.range[0]);
  if (hold?.gap?.kind === 'nested' && kind !== 'in-place runner') return leave(`takes ${hold.lock.key} only on some of its ways`);
  const place = hold === undefined ? method.value.body : heldPlace(service, hold);
  if (place === undefined) return leave('has no place for a test under its lock');
  if (hold !== undefined && isStatement(place) && place.type !== 'BlockStatement') return afterGuard(source, method, hold, throwing(service, source, flag)) ?? leave('has no place for a test under its lock');
  if (place.type !== 'BlockStatement') return leave('has no block for a test');
  const throws = isAsync(service, method, hold) || !returnsPromise(method);
  return insertFirst(source.text, node, place, [throws ? throwing(service, source, flag) : rejecting(service, source, flag)]);
}

/** Whether the function that the test comes to stand in is async: the method, the callback, or the half that the method calls. */
function isAsync({ facts, kind }: Service, method: Method, hold: Hold | undefined): boolean {
  if (hold === undefined || kind === 'in-place runner') return method.isAsync;
  const half = facts.methods.get(halfUnder(hold) ?? '');
  const args = hold.node.type === 'CallExpression' && hold.form === 'callback' ? hold.node.arguments : [];
  const [callback] = args.flatMap((argument) => (isFunction(argument) ? [argument] : []));
  return half?.isAsync ?? callback?.async ?? method.isAsync;
}

/** What runs under the lock: the half that the method calls, the body of the callback, a try, or the first statement after a guard. */
export function heldPlace({ facts }: Service, hold: Hold): TSESTree.Node | undefined {
  const half = halfUnder(hold);
  const [first] = hold.held;
  if (half !== undefined) return facts.methods.get(half)?.value.body;
  return first !== undefined && isStatement(first) ? first : undefined;
}

/** The method that is all there is under the lock: in `() => this.begin()` any, in a block only the half that an edit has made. */
function halfUnder(hold: Hold): string | undefined {
  const [first] = hold.held;
  if (first === undefined || isStatement(first)) {
    const half = calledHalf(hold);
    return isHalfOf(half, hold.method.name) ? half : undefined;
  }
  const awaited = unwrap(first);
  const call = awaited.type === 'AwaitExpression' ? unwrap(awaited.argument) : awaited;
  return call.type === 'CallExpression' ? thisMember(call.callee) : undefined;
}

function isStatement({ type }: TSESTree.Node): boolean {
  return type.endsWith('Statement') || type.endsWith('Declaration');
}

/** After `using held = await lock.acquire();`, before the comments of what follows. */
function afterGuard({ text }: Source, { value: { body } }: Method, { node: acquired }: Hold, line: string): readonly Change[] | undefined {
  const guard = body.type === 'BlockStatement' ? body.body.find(({ range }) => range[0] <= acquired.range[0] && acquired.range[1] <= range[1]) : undefined;
  if (guard === undefined) return undefined;
  const [start, after] = guard.range;
  const end = trailingEnd(text, after);
  const separator = startsLine(text, start) ? eolAt(text, start) + indentAt(text, start) : ' ';
  return [{ start: end, end, text: separator + line }];
}

function throwing(service: Service, source: Source, flag: string): string {
  return `if (${flag}) throw ${errorOf(service, source)}${fileStyleOf(source).semicolon}`;
}

/** Callers of a function that is not async expect no more than a promise from it. */
function rejecting(service: Service, source: Source, flag: string): string {
  return `if (${flag}) return Promise.reject(${errorOf(service, source)})${fileStyleOf(source).semicolon}`;
}

function errorOf({ node, stop }: Service, source: Source): string {
  const { quote } = fileStyleOf(source);
  const name = node.id === null ? '' : `${node.id.name}: `;
  return `new Error(${quote}${name}an earlier ${stop.main.name}() timed out, create a new instance${quote})`;
}
