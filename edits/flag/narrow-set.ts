import type { TSESTree } from '@typescript-eslint/utils';
import { visit } from '../../model/ast/visit.ts';
import type { Service } from '../../model/service.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Change } from '../outcome.ts';
import type { Marking } from './catch-clause.ts';

/** Makes a flag that every error sets one that only a timeout sets: `if (error instanceof TimeoutError) this.failed = true;`. */
export function narrowSet({ node }: Service, write: TSESTree.Node, { flag, isTimeout }: Marking): Obstacle | readonly Change[] {
  let change: Change | undefined;
  visit(node, (inner) => {
    if (inner.type !== 'CatchClause' || inner.param?.type !== 'Identifier') return undefined;
    const statement = inner.body.body.find((one) => one.type === 'ExpressionStatement' && one.expression === write);
    if (statement === undefined) return undefined;
    change = { start: statement.range[0], end: statement.range[0], text: `if (${isTimeout(inner.param.name)}) ` };
    return undefined;
  });
  return change === undefined ? { node: write, why: `sets ${flag} on every error, at a place where the error is not at hand` } : [change];
}
