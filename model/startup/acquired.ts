import type { TSESTree } from '@typescript-eslint/utils';
import { outermost } from '../ast/parents.ts';
import type { Acquired } from '../service.ts';
import type { Resource } from './resource.ts';
import type { StartupScope } from './startup-scope.ts';

/** A resource as it is told. `isSure`: start comes by it on every path. */
export function toAcquired({ node, name, field, releases: [release] }: Resource, isSure: boolean, { code }: StartupScope): Acquired {
  return Object.freeze({
    node,
    statement: statementOf(node, code.parents),
    name,
    method: code.memberOf.get(node)?.name ?? '',
    field,
    isAwaited: code.parents.get(outermost(node, code))?.type === 'AwaitExpression',
    isSure,
    release,
  });
}

function statementOf(node: TSESTree.Node, parents: ReadonlyMap<TSESTree.Node, TSESTree.Node>): TSESTree.Node {
  let at = node;
  for (let parent = parents.get(at); parent !== undefined && !isStatement(at); parent = parents.get(at)) at = parent;
  return at;
}

function isStatement({ type }: TSESTree.Node): boolean {
  return type.endsWith('Statement') || type === 'VariableDeclaration';
}
