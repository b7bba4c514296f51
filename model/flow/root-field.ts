import type { TSESTree } from '@typescript-eslint/utils';
import { thisRoot } from '../ast/this-root.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { ClassFacts } from '../service.ts';
import { localOf, type Walk } from './walk.ts';

/** The field an expression stems from, also through a getter or a local: `#abort` for `const { signal } = this.#abort`. */
export function rootField(walk: Walk, node: TSESTree.Node): string | undefined {
  let inner = unwrap(node);
  for (;;) {
    const root = thisRoot(inner);
    if (root !== undefined) return behindGetter(walk.facts, root);
    if (inner.type === 'MemberExpression') inner = unwrap(inner.object);
    else if (inner.type === 'CallExpression') inner = unwrap(inner.callee);
    else return inner.type === 'Identifier' ? localOf(walk, inner.name)?.field : undefined;
  }
}

/** `#server` for `server`, where `get server()` ends by returning `this.#server`. */
function behindGetter(facts: ClassFacts, name: string): string {
  const last = facts.getters.get(name)?.body;
  const result = last?.type === 'BlockStatement' ? last.body.at(-1) : undefined;
  const field = result?.type === 'ReturnStatement' && result.argument !== null ? thisRoot(result.argument) : undefined;
  return field ?? name;
}
