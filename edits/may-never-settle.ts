import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../model/ast/children.ts';
import { isFunction } from '../model/ast/is-function.ts';
import { visit } from '../model/ast/visit.ts';
import type { Service } from '../model/service.ts';
import type { Obstacle } from './lock-obstacle.ts';

/** `new Promise((resolve) => this.server?.close(resolve))` never settles where there is no server: under the lock everybody waits for it. */
export function mayNeverSettle({ start, stop }: Service): Obstacle | undefined {
  for (const { name, value } of [...start.methods, ...stop.methods]) {
    let found: TSESTree.Node | undefined;
    visit(value.body, (node) => {
      if (node.type === 'NewExpression' && isPromise(node) && settlesOnlyBehindChain(node)) found ??= node;
      return undefined;
    });
    if (found !== undefined) return { node: found, why: `${name}() makes a promise that may never settle, and would then keep the lock for ever` };
  }
  return undefined;
}

function isPromise({ callee }: TSESTree.NewExpression): boolean {
  return callee.type === 'Identifier' && callee.name === 'Promise';
}

/** Whether what settles the promise is named, and only where an optional chain may pass it by. */
function settlesOnlyBehindChain({ arguments: [executor] }: TSESTree.NewExpression): boolean {
  if (executor === undefined || !isFunction(executor)) return false;
  const settlers = new Set(executor.params.flatMap((param) => (param.type === 'Identifier' ? [param.name] : [])));
  const uses = usesOf(executor.body, settlers, false);
  return uses.length > 0 && uses.every((isBehindChain) => isBehindChain);
}

function usesOf(node: TSESTree.Node, names: ReadonlySet<string>, isBehindChain: boolean): readonly boolean[] {
  if (node.type === 'Identifier') return names.has(node.name) ? [isBehindChain] : [];
  const behind = isBehindChain || node.type === 'ChainExpression';
  return childNodes(node).flatMap((child) => usesOf(child, names, behind));
}
