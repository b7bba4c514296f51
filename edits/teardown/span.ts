import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { isLogging } from '../../model/ast/is-logging.ts';
import { memberName } from '../../model/ast/member-name.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisRoot } from '../../model/ast/this-root.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { isReleaseName } from '../../model/teardown/release-verbs.ts';
import type { Atom, Spot } from './atoms.ts';

const EMPTIES = /^[#_]*(?:clean|delete|drop|free|remove|reset|splice|unlink|unref)/i;

/** The statements of a block from the first that may fail to the last that must run all the same. */
export interface Span {
  readonly first: TSESTree.Statement;
  readonly last: TSESTree.Statement;
  readonly statements: readonly TSESTree.Statement[];
}

export function spanOf({ body }: TSESTree.BlockStatement, atoms: readonly Atom[], spots: readonly Spot[]): Span | undefined {
  const start = body.findIndex((statement) => atoms.some((atom) => contains(statement, atom.statement)));
  const end = body.findLastIndex((statement) => spots.some(({ node }) => contains(statement, node)) || resets(statement));
  const [first, last] = [body[start], body[Math.max(start, end)]];
  return first === undefined || last === undefined ? undefined : { first, last, statements: body.slice(start, end + 1) };
}

/** Whether a statement changes what the service holds, rather than telling others that it has stopped. */
function resets(statement: TSESTree.Statement): boolean {
  return someBelow(
    statement,
    (node) => {
      if (node.type === 'AssignmentExpression') return thisRoot(node.left) !== undefined;
      if (node.type === 'UnaryExpression') return node.operator === 'delete' && thisRoot(node.argument) !== undefined;
      return node.type === 'CallExpression' && empties(node);
    },
    isFunction,
  );
}

/** `this.#peers.clear()`, `this.#removePidFile()`, `Object.assign(this, …)`, but not `this.#events.emit('stopped')`. */
function empties(node: TSESTree.CallExpression): boolean {
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression' || isLogging(node)) return false;
  if (node.arguments[0]?.type === 'ThisExpression') return memberName(callee) === 'assign';
  const name = memberName(callee) ?? '';
  return thisRoot(callee) !== undefined && (isReleaseName(name.replace(/^[#_]+/, '')) || EMPTIES.test(name));
}
