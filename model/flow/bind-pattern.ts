import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { keyName } from '../ast/key-name.ts';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { CHAINS, RUNNERS } from './callee-names.ts';
import { readExpression } from './read-expression.ts';
import { readValue } from './read-value.ts';
import { rootField } from './root-field.ts';
import { apart, type Local, localOf, methodOf, scopeOf, type Walk } from './walk.ts';

/** Reads `const pattern = init` and remembers what the names in the pattern stand for. */
export function bindPattern(walk: Walk, pattern: TSESTree.Node, init: TSESTree.Expression): void {
  const { locals } = scopeOf(walk);
  const pending = readKept(walk, init);
  if (pattern.type === 'Identifier') {
    const local: Local = { field: aliasOf(walk, init), value: readValue(walk, init), pending };
    const kept = unwrap(init);
    locals.set(pattern.name, isFunction(kept) ? { ...local, fn: kept } : local);
  } else if (pattern.type === 'ObjectPattern') {
    for (const property of pattern.properties) {
      if (property.type !== 'Property') continue;
      const target = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
      if (target.type !== 'Identifier') continue;
      const field = unwrap(init).type === 'ThisExpression' ? keyName(property) : aliasOf(walk, init);
      locals.set(target.name, { field, value: readValue(walk, init), pending: [] });
    }
  } else if (pattern.type === 'ArrayPattern') {
    for (const element of pattern.elements) {
      if (element?.type === 'Identifier') locals.set(element.name, { field: aliasOf(walk, init), value: readValue(walk, init), pending: [] });
    }
  }
}

/** Only a plain read is an alias; what a call on a field gives is something else. */
function aliasOf(walk: Walk, init: TSESTree.Expression): string | undefined {
  const inner = unwrap(init);
  if (inner.type === 'AssignmentExpression') return rootField(walk, inner.left);
  return inner.type === 'MemberExpression' || inner.type === 'Identifier' ? rootField(walk, inner) : undefined;
}

/** Reads an expression whose promise is kept: what runs at once is read now, the steps after its first await are given back. */
export function readKept(walk: Walk, init: TSESTree.Expression): Local['pending'] {
  const inner = unwrap(init);
  if (inner.type === 'Identifier') return localOf(walk, inner.name)?.pending ?? [];
  if (inner.type !== 'CallExpression' || !givesPromise(walk, inner)) {
    readExpression(walk, init, false);
    return [];
  }
  const steps = apart(walk, () => {
    readExpression(walk, init, true);
  });
  const first = steps.findIndex(({ kind }) => kind === 'await');
  walk.steps.push(...(first === -1 ? steps : steps.slice(0, first)));
  return first === -1 ? [] : steps.slice(first);
}

/** An async method or function of this class, or a chain on a promise. */
function givesPromise(walk: Walk, node: TSESTree.CallExpression): boolean {
  const callee = unwrap(node.callee);
  if (isFunction(callee)) return callee.async;
  if (callee.type === 'Identifier') return localOf(walk, callee.name)?.fn?.async === true;
  const name = thisMember(callee);
  if (name !== undefined) return methodOf(walk.facts, name)?.isAsync === true;
  if (callee.type !== 'MemberExpression') return false;
  const method = memberName(callee) ?? '';
  return CHAINS.has(method) || (RUNNERS.has(method) && node.arguments.some((argument) => isFunction(argument)));
}
