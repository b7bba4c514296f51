import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { TeardownStep } from '../../model/service.ts';
import { stepName } from '../../model/teardown/step-name.ts';
import { wayTo } from './forks.ts';
import { functionOn, pathTo } from './path-to.ts';

/** A statement that gets a `try` of its own. */
export interface Atom {
  readonly statement: TSESTree.Statement;
  /** The steps in it, as they are logged: `consumer.close`. */
  readonly name: string;
  /** A step in it is likely enough to fail, which those before the first such are not. */
  readonly isLikely: boolean;
  /** It is the body of a loop without braces. */
  readonly needsBraces: boolean;
  /** The `throw error` by which its own handler ends, and which can keep the error instead. */
  readonly rethrow: TSESTree.ThrowStatement | undefined;
  /** It stands in a loop, and may fail more than once. */
  readonly isRepeated: boolean;
}

/** A place in one function where a step may fail: its call, or that of the helper which it stands in. */
export interface Spot {
  readonly step: TeardownStep;
  readonly node: TSESTree.Node;
  readonly depth: number;
}

/** Where the steps of a service stand in one function. */
export function spotsIn(fn: TSESTree.Node, root: TSESTree.Node, steps: readonly TeardownStep[]): readonly Spot[] {
  return steps.flatMap((step) => {
    const depth = wayTo(step).findIndex((node) => contains(fn, node) && functionOn(pathTo(root, node)) === fn);
    const node = wayTo(step)[depth];
    return node === undefined ? [] : [{ step, node, depth }];
  });
}

/** The statements of a block that may fail, with those in its branches and loops one by one. */
export function atomsOf(statements: readonly TSESTree.Statement[], spots: readonly Spot[], isRepeated = false): readonly Atom[] {
  return statements.flatMap((statement): readonly Atom[] => {
    const failing = failingIn(statement, spots);
    if (failing.length === 0) return [];
    const inner = partsOf(statement, failing);
    if (inner === undefined) return [{ statement, name: nameOf(failing), isLikely: isLikely(failing), needsBraces: false, rethrow: rethrowOf(statement, failing), isRepeated }];
    return inner.flatMap(({ statement: part, isBody }): readonly Atom[] => {
      const within = part.type === 'BlockStatement' ? part.body : [part];
      if (!isBody || part.type === 'BlockStatement') return atomsOf(within, spots, isRepeated || isBody);
      return [{ statement: part, name: nameOf(failing), isLikely: isLikely(failing), needsBraces: true, rethrow: undefined, isRepeated: true }];
    });
  });
}

function isLikely(failing: readonly Spot[]): boolean {
  return failing.some(({ step }) => step.failure !== 'seldom');
}

/** `catch (error) { …; throw error; }`, where nothing else comes out of the statement. */
function rethrowOf(statement: TSESTree.Statement, failing: readonly Spot[]): TSESTree.ThrowStatement | undefined {
  if (statement.type !== 'TryStatement' || statement.handler === null) return undefined;
  const { block, handler } = statement;
  const last = handler.body.body.at(-1);
  if (last?.type !== 'ThrowStatement' || last.argument.type !== 'Identifier' || handler.param?.type !== 'Identifier') return undefined;
  const isOnly = !someBelow(handler.body, (node) => node !== last && (node.type === 'ThrowStatement' || node.type === 'ReturnStatement'), isFunction);
  return isOnly && last.argument.name === handler.param.name && failing.every(({ node }) => contains(block, node)) ? last : undefined;
}

/** Where a failure may come out of a statement. */
function failingIn(statement: TSESTree.Node, spots: readonly Spot[]): readonly Spot[] {
  return spots.filter(({ step, node, depth }) => {
    if (step.failure === 'none' || node.type === 'ThrowStatement' || !contains(statement, node)) return false;
    const { caught } = step;
    return caught === undefined || caught.depth < depth || (caught.depth === depth && !contains(statement, caught.node));
  });
}

interface Part {
  readonly statement: TSESTree.Statement;
  /** It is the body of a loop. */
  readonly isBody: boolean;
}

/** The statements in a branch or a loop over a list, where a failure comes from them alone. */
function partsOf(statement: TSESTree.Statement, failing: readonly Spot[]): readonly Part[] | undefined {
  const isOutside = (parts: readonly TSESTree.Node[]): boolean => failing.some(({ node }) => !parts.some((part) => contains(part, node)));
  if (statement.type === 'BlockStatement') return [{ statement, isBody: false }];
  if (statement.type === 'IfStatement') {
    const arms = [statement.consequent, statement.alternate].filter((arm) => arm !== null);
    return isOutside(arms) || arms.some((arm) => isWhole(arm, failing)) ? undefined : arms.map((arm) => ({ statement: arm, isBody: false }));
  }
  const isList = statement.type === 'ForInStatement' || statement.type === 'ForStatement' || (statement.type === 'ForOfStatement' && !statement.await);
  const isRound = isList && failing.every(({ step }) => step.isRepeated);
  return isRound && !isOutside([statement.body]) ? [{ statement: statement.body, isBody: true }] : undefined;
}

/** Whether an arm of a branch has no braces for a `try` to stand in. */
function isWhole(arm: TSESTree.Statement, failing: readonly Spot[]): boolean {
  const inside = failing.filter(({ node }) => contains(arm, node));
  if (inside.length === 0 || arm.type === 'BlockStatement') return false;
  return arm.type !== 'IfStatement' || partsOf(arm, inside) === undefined;
}

function nameOf(failing: readonly Spot[]): string {
  return [...new Set(failing.map(({ step, node }) => (node !== step.call && isOwnCall(node) ? stepName(node) : step.name)))].join(', ');
}

/** A call of a helper by its name. */
function isOwnCall(node: TSESTree.Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = unwrap(node.callee);
  return callee.type === 'Identifier' || thisMember(callee) !== undefined;
}
