import type { TSESTree } from '@typescript-eslint/utils';
import { outermost, type Parents, parentsOf } from '../../model/ast/parents.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { lineOf } from '../../model/line-of.ts';
import { usesOf } from '../../model/ownership/started-local.ts';
import type { StartedProvider } from '../../model/ownership/started-provider.ts';
import { isMemberUse } from '../../model/ownership/use-of-local.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Change } from '../outcome.ts';
import { returnsIn } from '../returns-in.ts';
import { lostComment } from '../text/lost-comment.ts';
import { cutStatements } from '../using/cut.ts';

/** A provider without its start, and what its callers have to do in its stead. */
export interface Unstarted {
  readonly changes: readonly Change[];
  /** `start()`: to be awaited, on what the provider gives. */
  readonly call: string;
  readonly method: string;
}

/** Takes the start out of a provider that starts what it has made as the last thing before it returns it. */
export function unstart({ declaration, fn, start, variable }: StartedProvider, source: Source): Unstarted | Obstacle {
  const parents = parentsOf(source.program);
  const call = callOf(start, source);
  if (call === undefined) return { node: start, why: `starts ${variable} with what only it knows` };
  const wait = parents.get(outermost(start, { parents }));
  const statement = wait?.type === 'AwaitExpression' ? parents.get(outermost(wait, { parents })) : undefined;
  if (statement?.type !== 'ExpressionStatement') return { node: start, why: `does not wait for ${variable}.${call.text} by itself` };
  if (fn.body.type !== 'BlockStatement' || fn.generator || parents.get(statement) !== fn.body) return { node: start, why: `starts ${variable} only on some of its ways` };
  const end = handsOut(fn.body, statement, variable, source);
  if (end !== undefined) return end;
  const handed = usesOf(variable, declaration, { program: source.program, parents }).find((use) => !isMemberUse(use, parents) && !isReturned(use, parents));
  if (handed !== undefined) return { node: handed, why: `hands ${variable} to somebody else at line ${String(lineOf(source, handed))}, who would have it unstarted` };
  const changes = cutStatements(source, [statement], false);
  const comment = lostComment(changes, source);
  if (comment !== undefined) return { node: statement, why: `has a comment within its start at line ${String(lineOf(source, statement))}` };
  return { changes, call: call.text, method: call.method };
}

/** What stands against the statement being the last before the only return, which gives the variable itself. */
function handsOut(body: TSESTree.BlockStatement, statement: TSESTree.Statement, variable: string, source: Source): Obstacle | undefined {
  const next = body.body[body.body.indexOf(statement) + 1];
  if (next?.type !== 'ReturnStatement') {
    const node = next ?? statement;
    return { node, why: `does more with ${variable} started before it hands it out (line ${String(lineOf(source, node))})` };
  }
  const given = next.argument === null ? undefined : unwrap(next.argument);
  if (given?.type !== 'Identifier' || given.name !== variable) return { node: next, why: `does not return ${variable} itself, so its callers may not be able to start it` };
  const other = returnsIn(body.body).find((one) => one !== next);
  return other && { node: other, why: `returns something else at line ${String(lineOf(source, other))}, which its callers must not start` };
}

/** The call as anybody can write it: a plain method, with arguments that mean the same everywhere. */
function callOf(start: TSESTree.CallExpression, { text }: Source): { readonly text: string; readonly method: string } | undefined {
  const callee = unwrap(start.callee);
  if (callee.type !== 'MemberExpression' || callee.computed || callee.optional || callee.property.type !== 'Identifier') return undefined;
  if (!start.arguments.every((argument) => argument.type === 'Literal')) return undefined;
  const method = callee.property.name;
  return { method, text: `${method}(${start.arguments.map(({ range }) => text.slice(...range)).join(', ')})` };
}

function isReturned(use: TSESTree.Node, parents: Parents): boolean {
  return parents.get(outermost(use, { parents }))?.type === 'ReturnStatement';
}
