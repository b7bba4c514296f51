import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import type { ClassFacts, ConstructorStart } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { freeNames, isTiedToFunction } from './free-names.ts';
import { isInert, isInertStatement } from './is-inert.ts';
import { isTimerCall, runAtOnce } from './run-at-once.ts';
import type { Obstacle } from './start-unit.ts';

/** More than this is not a start any more, but the rest of a construction. */
const MOST_CARRIED = 3;

/**
 * The statements of the constructor that have to go, in their order: those that begin something, and what comes after them and could tell that they have not
 * run yet. What stays behind a statement that goes sets a field or a local and no more, and has nothing to do with it.
 */
export function carriedStatements(begun: readonly ConstructorStart[], facts: ClassFacts, { program }: Source): readonly TSESTree.Statement[] | Obstacle {
  const all = facts.constructorNode?.value.body?.body ?? [];
  const starting = all.filter((statement) => begun.some(({ node }) => contains(statement, node)));
  const [first] = starting;
  if (first === undefined) return [];
  const gone: TSESTree.Statement[] = [];
  for (const statement of all.slice(all.indexOf(first))) {
    if (starting.includes(statement) || !isInertStatement(statement) || dependsOn(statement, gone, facts, program)) gone.push(statement);
  }
  const more = gone.filter((statement) => !starting.includes(statement));
  if (more.length > MOST_CARRIED) return { node: more[0] ?? first, why: `the construction goes on with ${String(more.length)} more statements after what it begins, and they may count on that` };
  const tied = gone.find((statement) => isTiedToFunction(statement) || someBelow(statement, leaves, isFunction));
  return tied === undefined ? gone : { node: tied, why: 'it can stand in the constructor only' };
}

function leaves({ type }: TSESTree.Node): boolean {
  return type === 'ReturnStatement';
}

/** Whether an inert statement has to do with what went before. */
function dependsOn(statement: TSESTree.Statement, gone: readonly TSESTree.Statement[], facts: ClassFacts, program: TSESTree.Program): boolean {
  const before = runAtOnce(gone, facts, program);
  const own = runAtOnce([statement], facts, program);
  if (own.members.size > 0 && before.isOpen) return true;
  if ([...own.members].some((name) => before.members.has(name))) return true;
  const used = new Set(gone.filter((one) => !isPlainTimer(one)).flatMap((one) => localsOf(one, program)));
  const declared = gone.flatMap((one) => (one.type === 'VariableDeclaration' ? one.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : [])) : []));
  return localsOf(statement, program).some((name) => used.has(name) || declared.includes(name));
}

function localsOf(statement: TSESTree.Statement, program: TSESTree.Program): readonly string[] {
  return [...freeNames(statement, program)].flatMap(([name, scope]) => (scope === undefined || scope.type === 'Program' ? [] : [name]));
}

/** `this.timer = setInterval(() => …, every)`, which gives what it reads to nobody. */
function isPlainTimer(statement: TSESTree.Statement): boolean {
  if (statement.type !== 'ExpressionStatement') return false;
  const { expression } = statement;
  const value = expression.type === 'AssignmentExpression' && thisMember(expression.left) !== undefined ? expression.right : expression;
  return value.type === 'CallExpression' && isTimerCall(value) && value.arguments.every(isInert);
}
