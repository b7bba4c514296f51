import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { Timer } from '../../model/ledger/ledger.ts';
import type { Service } from '../../model/service.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { functionOn, pathTo } from '../teardown/path-to.ts';

/**
 * The statement that sets a timer which may still run, before which it can be cleared. What the timer does must be the same whoever sets it:
 * where its callback uses what the call was given, each of the timers has work of its own.
 */
export function setAnew(service: Service, { node, callback, keep, text }: Timer): Obstacle | TSESTree.Statement {
  const leave = (why: string): Obstacle => ({ node, why: `${text} ${why}` });
  const path = pathTo(service.node, node);
  const at = path.findLastIndex(({ type }) => type === 'ExpressionStatement');
  const statement = path[at];
  const field = 'name' in keep ? keep.name : '';
  if (statement?.type !== 'ExpressionStatement' || path[at - 1]?.type !== 'BlockStatement') return leave('is set again where there is no place to clear it first');
  const { expression } = statement;
  if (expression.type !== 'AssignmentExpression' || thisMember(expression.left) !== field) return leave(`is set again by something that does not keep it in this.${field} at once`);
  const given = namesGivenTo(functionOn(path));
  const [passed, , ...args] = (node as TSESTree.CallExpression).arguments;
  const code = [...args, ...(passed === undefined ? [] : [passed]), ...(callback !== undefined && passed !== undefined && unwrap(passed) === callback ? [callback.body] : [])];
  const isOwn = code.some((part) => someBelow(part, (below) => below.type === 'Identifier' && given.has(below.name)));
  return isOwn ? leave('does what its caller has asked for: clearing it would drop that of the caller before') : statement;
}

/** The parameters of a function. */
function namesGivenTo(fn: TSESTree.Node | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  if (fn === undefined || !isFunction(fn)) return names;
  for (const param of fn.params) {
    someBelow(param, (below) => {
      if (below.type === 'Identifier') names.add(below.name);
      return false;
    });
  }
  return names;
}
