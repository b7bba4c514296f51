import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { rebindsThis } from '../ast/rebinds-this.ts';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { methodOf } from '../flow/walk.ts';
import type { ClassFacts, Method } from '../service.ts';

type LocalFunctions = ReadonlyMap<string, TSESTree.ArrowFunctionExpression>;

/**
 * The callback that an argument is, as a method: an arrow function, one kept in a local, `this.method`, or `this.method.bind(this)`. A
 * function with a `this` of its own is none.
 */
export function callbackAt(node: TSESTree.Node, facts: ClassFacts, locals: LocalFunctions): Method | undefined {
  const inner = unwrap(node);
  const arrow = inner.type === 'Identifier' ? locals.get(inner.name) : inner;
  if (arrow?.type === 'ArrowFunctionExpression') return asMethod(arrow, facts);
  const bound = inner.type === 'CallExpression' && calleeName(inner) === 'bind' ? unwrap(inner.callee) : inner;
  const target = bound.type === 'MemberExpression' && memberName(bound) === 'bind' ? bound.object : bound;
  const name = thisMember(target);
  const method = name === undefined ? undefined : methodOf(facts, name);
  return method?.isStatic === true ? undefined : method;
}

/** Arrow functions by the constants that keep them; a name that stands for two is left out. */
export function localFunctionsIn(place: TSESTree.Node): LocalFunctions {
  const found = new Map<string, TSESTree.ArrowFunctionExpression | undefined>();
  visit(place, (node) => {
    if (node !== place && rebindsThis(node)) return 'skip';
    if (node.type !== 'VariableDeclaration') return undefined;
    for (const { id, init } of node.declarations) {
      if (id.type !== 'Identifier') continue;
      const value = init === null || node.kind !== 'const' ? undefined : unwrap(init);
      found.set(id.name, !found.has(id.name) && value?.type === 'ArrowFunctionExpression' ? value : undefined);
    }
    return undefined;
  });
  return new Map([...found].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

/** The name is the one under which the reader of flows knows a function without a name. */
function asMethod(value: TSESTree.ArrowFunctionExpression, { node }: ClassFacts): Method {
  const member = node as unknown as Method['node'];
  return { name: `=>${value.range[0]}`, node: member, value, isAsync: value.async, isGenerator: false, isStatic: false, isPublic: false };
}
