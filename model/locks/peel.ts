import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';

/** A call with what is done to its promise taken off: `await a.b().catch(log)` gives `a.b()`, awaited, with `.catch` as its tail. */
export interface Peeled {
  readonly call: TSESTree.CallExpression;
  readonly isAwaited: boolean;
  /** The calls of `.then`, `.catch` and `.finally`, outermost first. */
  readonly tails: readonly TSESTree.CallExpression[];
}

export function peel(node: TSESTree.Node): Peeled | undefined {
  const tails: TSESTree.CallExpression[] = [];
  let isAwaited = false;
  let inner = unwrap(node);
  for (;;) {
    if (inner.type === 'AwaitExpression') {
      isAwaited = true;
      inner = unwrap(inner.argument);
      continue;
    }
    if (inner.type !== 'CallExpression') return undefined;
    const callee = unwrap(inner.callee);
    const name = callee.type === 'MemberExpression' ? memberName(callee) : undefined;
    if (callee.type !== 'MemberExpression' || name === undefined) return { call: inner, isAwaited, tails };
    const [first] = inner.arguments;
    if (name === 'then' || name === 'catch' || name === 'finally') {
      tails.push(inner);
      inner = unwrap(callee.object);
      if (inner.type !== 'CallExpression' && inner.type !== 'AwaitExpression') return undefined;
    } else if ((name === 'runPromise' || name === 'runPromiseExit') && first !== undefined) {
      inner = unwrap(first);
    } else return { call: inner, isAwaited, tails };
  }
}
