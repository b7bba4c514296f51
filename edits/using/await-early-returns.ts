import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { visit } from '../../model/ast/visit.ts';
import { bindingOf } from '../../model/names/binding-of.ts';
import type { SignalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';
import { awaitReturns } from '../await-returns.ts';
import type { Change } from '../outcome.ts';
import { isSettled } from './is-settled.ts';

/** Lets returns wait for what they return where a stop comes to stand behind them, which the work would lose its ground by. */
export function awaitEarlyReturns(source: Source, statements: readonly TSESTree.Node[], file: SignalFile): readonly Change[] {
  const changes: Change[] = [];
  for (const statement of statements) {
    visit(statement, (node) => {
      if (isFunction(node)) return 'skip';
      if (node.type === 'ReturnStatement' && node.argument !== null && mayBePromise(node.argument, file)) changes.push(...awaitReturns(source, node));
      return undefined;
    });
  }
  return changes;
}

function mayBePromise(node: TSESTree.Node, file: SignalFile): boolean {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') {
    const init = bindingOf(inner.name, inner, file.parents)?.init;
    return init !== undefined && /^(?:Call|Conditional|Logical|Member)Expression$/.test(unwrap(init).type);
  }
  return inner.type !== 'MemberExpression' && inner.type !== 'NewExpression' && !isSettled(inner, file);
}
