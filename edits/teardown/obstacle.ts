import type { TSESTree } from '@typescript-eslint/utils';
import { boundNames } from '../../model/ast/bound-names.ts';
import { childNodes } from '../../model/ast/children.ts';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { isLogging } from '../../model/ast/is-logging.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { visit } from '../../model/ast/visit.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Source } from '../../model/source.ts';
import type { Leftover } from '../outcome.ts';
import type { Atom } from './atoms.ts';
import type { Host } from './forks.ts';
import { flagsOf, handlersRound } from './handlers-round.ts';
import type { Span } from './span.ts';
import { isName } from '../../model/ast/is-name.ts';

interface Planned {
  readonly host: Host;
  readonly span: Span;
  readonly atoms: readonly Atom[];
  /** The ways down to the calls by which stop comes to the function. */
  readonly callers: readonly (readonly TSESTree.Node[])[];
}

/** Why the steps of a block cannot each be given a `try` with the same outcome where none of them fails. */
export function obstacleIn({ host, span, atoms, callers }: Planned, source: Source): Leftover | undefined {
  return declaredLater(host, atoms, source) ?? setLater(host, atoms, source) ?? exitBetween(span, atoms, source) ?? brokenLoop(host, span, source) ?? examined(host, callers, source);
}

/** A name that is declared in a `try` would be unknown after it. */
function declaredLater({ block }: Host, atoms: readonly Atom[], source: Source): Leftover | undefined {
  for (const { statement } of atoms) {
    if (statement.type !== 'VariableDeclaration') continue;
    const why = `line ${lineOf(source, statement)} declares what later lines use, and may fail`;
    const names = boundNames(statement);
    const isUsed = someBelow(block, (node) => node.type === 'Identifier' && node.range[0] >= statement.range[1] && names.includes(node.name));
    if (isUsed || statement.kind === 'using' || statement.kind === 'await using') return { kind: 'leftover', node: statement, why };
  }
  return undefined;
}

/** A local that is set in a `try` may not be set after it. */
function setLater({ fn }: Host, atoms: readonly Atom[], source: Source): Leftover | undefined {
  for (const { statement } of atoms) {
    const names = localsSetIn(statement);
    const isUsed = names.length > 0 && someBelow(fn.body, (node) => node.type === 'Identifier' && node.range[0] >= statement.range[1] && names.includes(node.name));
    if (isUsed) return { kind: 'leftover', node: statement, why: `line ${lineOf(source, statement)} sets what later lines use, and may fail` };
  }
  return undefined;
}

function localsSetIn(statement: TSESTree.Node): readonly string[] {
  const names: string[] = [];
  visit(statement, (node) => {
    if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier') names.push(node.left.name);
    return isFunction(node) ? 'skip' : undefined;
  });
  return names;
}

/** What leaves the function between the steps would leave without throwing what has failed so far. */
function exitBetween({ statements, last }: Span, atoms: readonly Atom[], source: Source): Leftover | undefined {
  const exits: TSESTree.Node[] = [];
  for (const statement of statements) {
    visit(statement, (node) => {
      if (isFunction(node)) return 'skip';
      if (node.type === 'ReturnStatement') {
        if (node === last && atoms.some((atom) => atom.statement === node)) return 'skip';
        exits.push(node);
      }
      if (node.type === 'ThrowStatement' && !atoms.some((atom) => contains(atom.statement, node))) exits.push(node);
      return undefined;
    });
  }
  const [exit] = exits;
  if (exit === undefined) return undefined;
  const verb = exit.type === 'ReturnStatement' ? 'returns' : 'throws';
  return { kind: 'leftover', node: exit, why: `line ${lineOf(source, exit)} ${verb} between the steps` };
}

/** The same for `break` and `continue`, where the whole block is the body of a loop. */
function brokenLoop({ fn, path }: Host, { statements }: Span, source: Source): Leftover | undefined {
  const isInLoop = path.slice(path.lastIndexOf(fn)).some(({ type }) => /^(?:Do|For|While)/.test(type));
  if (!isInLoop) return undefined;
  const exit = statements.map(exitOf).find((found) => found !== undefined);
  return exit && { kind: 'leftover', node: exit, why: `line ${lineOf(source, exit)} leaves the loop between the steps` };
}

function exitOf(node: TSESTree.Node): TSESTree.Node | undefined {
  if (node.type === 'BreakStatement' || node.type === 'ContinueStatement') return node;
  if (isFunction(node) || /^(?:Do|For|While)/.test(node.type)) return undefined;
  return childNodes(node).map(exitOf).find((found) => found !== undefined);
}

/** A handler that tells errors apart would no longer know one that comes in an AggregateError. */
function examined(host: Host, callers: readonly (readonly TSESTree.Node[])[], source: Source): Leftover | undefined {
  const own = handlersRound(host.path);
  // One that only sets flags is done again for each step.
  const others = flagsOf(own[0]) === undefined ? own : own.slice(1);
  for (const handler of [...others, ...callers.flatMap(handlersRound)]) {
    const { body, param } = handler;
    if (param?.type === 'Identifier' ? !tellsApart(body, param.name) : param === null) continue;
    return { kind: 'leftover', node: handler, why: `the handler at line ${lineOf(source, handler)} tells errors apart, and would not know one of several` };
  }
  return undefined;
}

/** Whether anything is done with the error but to log it, to keep it or to throw it again. */
function tellsApart(body: TSESTree.Node, error: string): boolean {
  if (body.type === 'ThrowStatement' && isName(body.argument, error)) return false;
  if (isLogging(body)) return false;
  if (body.type === 'CallExpression' && body.arguments.some((argument) => isName(argument, error))) {
    return tellsApart(body.callee, error);
  }
  return isName(body, error) || childNodes(body).some((child) => tellsApart(child, error));
}
