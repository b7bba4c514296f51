import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../../model/ast/always-exits.ts';
import { constantKey } from '../../model/ast/constant-key.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { isLogging } from '../../model/ast/is-logging.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { handlersRound } from '../teardown/handlers-round.ts';

/** Why a block of start cannot have a handler of its own inside those that it has already. */
export function handlerObstacle(source: Source, path: readonly TSESTree.Node[]): Obstacle | undefined {
  for (const [index, node] of path.entries()) {
    const child = path[index + 1];
    if (node.type === 'CatchClause' || (node.type === 'TryStatement' && child !== undefined && child !== node.block)) {
      return { node, why: `starts in the handler at line ${lineOf(source, node)}` };
    }
  }
  const handler = handlersRound(path).find((one) => !isPlain(one));
  return handler && { node: handler, why: `has a catch at line ${lineOf(source, handler)} that may do a part of it` };
}

/** Logs, clears a flag, and throws on. */
function isPlain({ body }: TSESTree.CatchClause): boolean {
  return alwaysExits(body) === 'throw' && !someBelow(body, isWork, (node) => isFunction(node) || isLogging(node));
}

function isWork(node: TSESTree.Node): boolean {
  if (node.type === 'AssignmentExpression') return node.operator !== '=' || thisMember(node.left) === undefined || constantKey(node.right) === undefined;
  return node.type === 'AwaitExpression' || node.type === 'UpdateExpression' || (node.type === 'CallExpression' && !isLogging(node));
}
