import { rebindsThis } from '../ast/rebinds-this.ts';
import { visit } from '../ast/visit.ts';
import type { Lock, LockFacts, Method } from '../service.ts';
import { callGraphOf } from './call-graph.ts';
import { isSameLock } from './lock-of.ts';
import { type FoundMethod, type LockScope, scopeIn } from './lock-scope.ts';
import { lockUseOf } from './lock-use.ts';
import { methodHolds } from './method-holds.ts';
import { runsName } from './runs-name.ts';
import { transitionsOf } from './transitions.ts';

/** Uses of a lock in methods that do not change whether the service runs. */
export function readHotUses(lock: Lock, scope: LockScope): LockFacts['hotUses'] {
  const graph = callGraphOf(scope.self);
  const transitions = transitionsOf(graph, scope.lifecycle);
  const uses: { readonly node: LockFacts['hotUses'][number]['node']; readonly method: string }[] = [];
  for (const [name, found] of graph.methods) {
    if (transitions.has(name) || isDelegate(found, scope)) continue;
    const inner = scopeIn(scope, found.owner, found.method.value);
    visit(found.method.value.body, (node) => {
      if (rebindsThis(node)) return 'skip';
      const use = node.type === 'CallExpression' ? lockUseOf(node, inner) : undefined;
      if (use !== undefined && use.kind !== 'look' && use.kind !== 'release' && isSameLock(use.lock, lock))
        uses.push({ node, method: name });
      return undefined;
    });
  }
  return uses;
}

/** `#exclusive(fn)` runs what its callers hand in; the use is theirs. */
function isDelegate(found: FoundMethod, scope: LockScope): boolean {
  const { method } = found;
  if (method.isPublic) return false;
  const params = paramNames(method);
  return methodHolds(found, scope).holds.some(({ held }) => held.some((node) => params.some((name) => runsName(node, name))));
}

function paramNames({ value }: Method): readonly string[] {
  return value.params.flatMap((param) => (param.type === 'Identifier' ? [param.name] : []));
}
