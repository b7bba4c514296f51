import type { TSESTree } from '@typescript-eslint/utils';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Method, Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { heldMethods } from '../held-nodes.ts';

const NONE: ReadonlySet<string> = new Set();

/** Why a method of the class that stop calls to give something back cannot be called in start: it may wait for the lock that start holds. */
export function ownCallObstacle({ facts, lock, start }: Service, source: Source, release: TSESTree.Node): string | undefined {
  const called: Method[] = [];
  someBelow(release, (node) => {
    const method = node.type === 'MemberExpression' ? facts.methods.get(thisMember(node) ?? '') : undefined;
    if (method !== undefined) called.push(method);
    return false;
  });
  const held = lock.holds.filter(({ method }) => start.methods.includes(method)).map((hold) => hold.lock.key.split(/[.(]/)[0] ?? '');
  const takes = (name: string): boolean => {
    const body = facts.methods.get(name)?.value.body;
    return body !== undefined && someBelow(body, (node) => held.includes(thisMember(node) ?? '-'));
  };
  const locked = called.find((method) => [...heldMethods(facts, method, NONE)].some(takes));
  return locked && `is given back by ${locked.name}() at line ${lineOf(source, locked.node)}, which takes the lock`;
}
