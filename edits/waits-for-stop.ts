import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../model/ast/is-function.ts';
import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import { visit } from '../model/ast/visit.ts';
import type { Service } from '../model/service.ts';
import { awaitedNames } from './awaited-names.ts';
import type { Obstacle } from './lock-obstacle.ts';

/** `await new Promise((resolve) => { this.end = resolve; })` in start, which only stop brings to its end: under one lock, never. */
export function waitsForStop({ start, stop }: Service): Obstacle | undefined {
  for (const { name, value } of start.methods) {
    const awaited = awaitedNames(value.body);
    let found: Obstacle | undefined;
    visit(value.body, (node) => {
      const promise = keptPromise(node, awaited);
      const field = promise === undefined ? undefined : settlerField(promise);
      const ender =
        field === undefined
          ? undefined
          : stop.methods.find((method) => someBelow(method.value.body, (inner) => thisMember(inner) === field));
      if (field !== undefined && ender !== undefined)
        found ??= { node, why: `${name}() waits until ${ender.name}() calls this.${field}, which it could not do while the lock is held` };
      return undefined;
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The `new Promise(…)` that a node awaits, returns, or gives a name that is awaited. */
function keptPromise(node: TSESTree.Node, awaited: ReadonlySet<string>): TSESTree.NewExpression | undefined {
  if (node.type === 'AwaitExpression' || node.type === 'ReturnStatement') return asPromise(node.argument);
  if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && awaited.has(node.id.name)) return asPromise(node.init);
  if (node.type !== 'AssignmentExpression') return undefined;
  const field = thisMember(node.left);
  return field !== undefined && awaited.has(`this.${field}`) ? asPromise(node.right) : undefined;
}

function asPromise(node: TSESTree.Node | null): TSESTree.NewExpression | undefined {
  const inner = node === null ? undefined : unwrap(node);
  return inner?.type === 'NewExpression' && inner.callee.type === 'Identifier' && inner.callee.name === 'Promise' ? inner : undefined;
}

/** The field in which an executor leaves what settles its promise. */
function settlerField({ arguments: [executor] }: TSESTree.NewExpression): string | undefined {
  if (executor === undefined || !isFunction(executor)) return undefined;
  const settlers = new Set(executor.params.flatMap((param) => (param.type === 'Identifier' ? [param.name] : [])));
  let field: string | undefined;
  visit(executor.body, (node) => {
    if (node.type === 'AssignmentExpression' && node.right.type === 'Identifier' && settlers.has(node.right.name))
      field ??= thisMember(node.left);
    return undefined;
  });
  return field;
}
