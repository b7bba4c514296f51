import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { visit } from '../../model/ast/visit.ts';
import type { Method, Service } from '../../model/service.ts';
import { helpersOf } from '../helpers-of.ts';

interface Write {
  readonly node: TSESTree.AssignmentExpression;
  readonly field: string;
  readonly value: boolean;
}

/**
 * The condition by which a service tells that nobody has stopped it: `this.#running`, `!this.closed`. A flag that every stop writes, and
 * that start has written the other way before it comes to any of `before`; undefined where there is none.
 */
export function runsTest(service: Service, before: ReadonlySet<string>): string | undefined {
  const { facts, start, stop } = service;
  const everyStop = stop.methods.map(({ name }) => helpersOf(facts, name).flatMap(writesIn));
  const [first = []] = everyStop;
  for (const { field, value } of first) {
    const isInEvery = everyStop.every((writes) => writes.some((write) => write.field === field && write.value === value));
    const others = [...facts.methods.values()].flatMap(writesIn).filter((write) => write.field === field && write.value === value);
    const isOfStop = others.every(({ node }) => everyStop.some((writes) => writes.some((write) => write.node === node)));
    if (!isInEvery || !isOfStop || isWrittenOtherwise(service, field)) continue;
    const isReady = start.methods.every((method) => isSetBefore(service, method, { field, value: !value }, before));
    if (isReady) return value ? `!this.${field}` : `this.${field}`;
  }
  return undefined;
}

function writesIn({ value: { body } }: Method): readonly Write[] {
  const writes: Write[] = [];
  visit(body, (node) => {
    if (node.type !== 'AssignmentExpression' || node.operator !== '=') return undefined;
    const field = thisMember(node.left);
    const right = unwrap(node.right);
    if (field !== undefined && right.type === 'Literal' && typeof right.value === 'boolean') writes.push({ node, field, value: right.value });
    return undefined;
  });
  return writes;
}

/** A field that is ever given something else than `true` or `false`. */
function isWrittenOtherwise({ node: owner }: Service, field: string): boolean {
  return someBelow(owner, (node) => {
    if (node.type !== 'AssignmentExpression' || thisMember(node.left) !== field) return false;
    const right = unwrap(node.right);
    return right.type !== 'Literal' || typeof right.value !== 'boolean';
  });
}

/** Whether start writes the flag before it comes to what is to test it; a flag that only stop ever raises tells of every later run too, so that there must be none. */
function isSetBefore({ facts, restart }: Service, method: Method, { field, value }: Omit<Write, 'node'>, before: ReadonlySet<string>): boolean {
  const write = writesIn(method).find((one) => one.field === field && one.value === value);
  const first = firstMention(method, before);
  if (write !== undefined) return first === undefined || write.node.range[1] <= first.range[0];
  const init = facts.fields.get(field)?.init;
  if (restart.isOneShot !== 'yes') return false;
  return init?.type === 'Literal' && init.value === value && ![...facts.methods.values()].some((one) => writesIn(one).some((other) => other.field === field && other.value === value));
}

/** The first place where a method calls one of these, other than from a function that runs later. */
function firstMention({ value: { body } }: Method, names: ReadonlySet<string>): TSESTree.Node | undefined {
  let found: TSESTree.Node | undefined;
  visit(body, (node) => {
    const own = node.type === 'MemberExpression' ? thisMember(node) : undefined;
    if (own !== undefined && names.has(own)) found ??= node;
    return isFunction(node) && !node.async ? 'skip' : undefined;
  });
  return found;
}
