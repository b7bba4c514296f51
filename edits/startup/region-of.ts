import type { TSESTree } from '@typescript-eslint/utils';
import { constantKey } from '../../model/ast/constant-key.ts';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { isLogging } from '../../model/ast/is-logging.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Source } from '../../model/source.ts';
import { declaredNames } from '../declared-names.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { pathTo } from '../teardown/path-to.ts';
import type { Reset } from './fields-to-reset.ts';
import { handlerObstacle } from './handler-obstacle.ts';
import type { Place } from './place-of-acquired.ts';

/** Statements of one block which come into a `try`. */
export interface Region {
  readonly first: TSESTree.Statement;
  readonly last: TSESTree.Statement;
  readonly statements: readonly TSESTree.Statement[];
  /** The `try` in which they stand already, whose handler only logs and throws on. */
  readonly tried: (TSESTree.TryStatement & { readonly handler: TSESTree.CatchClause }) | undefined;
}

type Fn = Place['fn'];

/** From the first that start acquires, or sets, to the last that may fail. */
export function regionOf(source: Source, fn: Fn, nodes: readonly TSESTree.Node[], resets: readonly Reset[]): Obstacle | Region {
  const lastNeeded = Math.max(...nodes.map(({ range }) => range[1]));
  // What is set when all has gone well need not be taken back.
  const sets = resets.flatMap(({ assignments }) => assignments).filter(({ range }) => range[0] < lastNeeded);
  const block = blockRound(fn, [...nodes, ...sets]);
  const path = pathTo(fn, block);
  if (path.some(({ type }) => /^(?:Do|For|While)/.test(type))) return { node: block, why: `starts in a loop, at line ${lineOf(source, block)}` };
  const obstacle = handlerObstacle(source, path);
  if (obstacle !== undefined) return obstacle;
  const isHere = (statement: TSESTree.Statement): boolean => [...nodes, ...sets].some((node) => contains(statement, node));
  const from = block.body.findIndex(isHere);
  const whole = block.body.slice(from);
  const end = whole.findLastIndex((statement) => nodes.some((node) => contains(statement, node)) || !isSafe(statement));
  const statements = keepsNames(whole.slice(0, end + 1), whole.slice(end + 1)) ? whole.slice(0, end + 1) : whole;
  const [first] = statements;
  const last = statements.at(-1);
  const hoisted = statements.find((statement) => statement.type === 'FunctionDeclaration' && someBelow(fn.body, (node) => node.type === 'Identifier' && node.name === statement.id.name && node.range[1] <= (first?.range[0] ?? 0)));
  if (hoisted !== undefined) return { node: hoisted, why: `line ${lineOf(source, hoisted)} declares what earlier lines use` };
  return first === undefined || last === undefined ? { node: block, why: 'has nothing to roll back' } : { first, last, statements, tried: triedAt(path) };
}

function triedAt(path: readonly TSESTree.Node[]): Region['tried'] {
  const above = path.at(-2);
  return above?.type === 'TryStatement' && above.handler !== null ? (above as NonNullable<Region['tried']>) : undefined;
}

/** The innermost block of a function with all of some nodes. */
function blockRound(fn: Fn, nodes: readonly TSESTree.Node[]): TSESTree.BlockStatement {
  const [path = [], ...others] = nodes.map((node) => pathTo(fn, node));
  const block = path.findLast((node): node is TSESTree.BlockStatement => node.type === 'BlockStatement' && others.every((other) => other.includes(node)) && isOwn(path, node));
  return block ?? fn.body;
}

/** Not that of a function inside. */
function isOwn(path: readonly TSESTree.Node[], node: TSESTree.Node): boolean {
  return !path.slice(1, path.indexOf(node)).some(isFunction);
}

/** Whether nothing can go wrong in a statement at the end. */
function isSafe(statement: TSESTree.Statement): boolean {
  if (statement.type === 'ReturnStatement') return statement.argument === null || !someBelow(statement.argument, isWork, isFunction);
  if (statement.type !== 'ExpressionStatement') return false;
  const { expression } = statement;
  if (isLogging(expression)) return true;
  return expression.type === 'AssignmentExpression' && thisMember(expression.left) !== undefined && constantKey(expression.right) !== undefined;
}

/** What may go wrong. */
export function isWork({ type }: TSESTree.Node): boolean {
  return type === 'AwaitExpression' || type === 'CallExpression' || type === 'NewExpression' || type === 'TaggedTemplateExpression';
}

/** Whether what statements declare is used by them alone. */
function keepsNames(statements: readonly TSESTree.Statement[], rest: readonly TSESTree.Statement[]): boolean {
  const names = declaredNames(statements);
  const isGuard = statements.some((statement) => statement.type === 'VariableDeclaration' && statement.kind.endsWith('using'));
  return rest.length === 0 || (!isGuard && !rest.some((statement) => someBelow(statement, (node) => node.type === 'Identifier' && names.has(node.name))));
}
