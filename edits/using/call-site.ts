import type { TSESTree } from '@typescript-eslint/utils';
import { functionAround } from '../../model/ast/parents.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { lineOf } from '../../model/line-of.ts';
import { startedLocalsIn } from '../../model/ownership/started-local.ts';
import type { StartedHere } from '../../model/ownership/started-here.ts';
import { awaitedStatement, outside } from '../../model/ownership/use-of-local.ts';
import { type SignalFile, signalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';

export type Block = TSESTree.BlockStatement | TSESTree.Program;

/** Something that is started by one statement of a block, and stopped by a later one of it, or in the `finally` of a later one. */
export interface CallSite {
  readonly found: StartedHere;
  readonly variable: string;
  readonly declarator: TSESTree.VariableDeclarator;
  readonly made: TSESTree.Node;
  readonly block: Block;
  /** `await bus.start();` */
  readonly start: TSESTree.Statement;
  /** `await bus.stop();` */
  readonly stop: TSESTree.Statement;
  readonly call: TSESTree.CallExpression;
  readonly tried: TSESTree.TryStatement | undefined;
  /** Where the start, and the stop or its `try`, stand among the statements of the block. */
  readonly from: number;
  readonly to: number;
}

/** Where a call site of any kind but `by-hand` stands. */
export function callSiteOf(found: StartedHere, source: Source): CallSite | Obstacle {
  const file = signalFile(source.program);
  const scope = functionAround(found.stop, file) ?? source.program;
  const object = objectOf(found.stop);
  const locals = startedLocalsIn(scope, file).filter(({ uses }) => object !== undefined && uses.includes(object));
  // `connect()` and then `start()` are one start.
  const local = locals.find((one) => one.start === found.node) ?? locals[0];
  if (local === undefined) return { node: found.node, why: `starts ${found.variable} in a way that is not known` };
  const start = awaitedStatement(local.start, file.parents);
  const stop = awaitedStatement(found.stop, file.parents);
  const block = start === undefined ? undefined : file.parents.get(start);
  const joint = isJoint(local.start, file) ? start : isJoint(found.stop, file) ? stop : undefined;
  if (joint !== undefined) return { node: joint, why: `starts or stops several things at once at line ${String(lineOf(source, joint))}` };
  if (start === undefined || stop === undefined || (block?.type !== 'BlockStatement' && block?.type !== 'Program')) return { node: found.node, why: `starts ${found.variable} outside a block` };
  const { body } = block;
  const from = body.findIndex((statement) => statement === start);
  const to = body.findIndex((statement) => statement === stop || (statement.type === 'TryStatement' && statement.finalizer?.body.some((inner) => inner === stop)));
  if (to <= from) return { node: found.stop, why: `starts ${found.variable} in another block than it stops it in` };
  const last = body[to];
  const tried = last?.type === 'TryStatement' ? last : undefined;
  const { declaration, made, name } = local;
  return { found, variable: name, declarator: declaration, made, block, start: start as TSESTree.Statement, stop: stop as TSESTree.Statement, call: found.stop, tried, from, to };
}

export function objectOf(call: TSESTree.CallExpression): TSESTree.Identifier | undefined {
  const callee = unwrap(call.callee);
  const object = callee.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
  return object?.type === 'Identifier' ? object : undefined;
}

/** `Promise.all([a.start(), b.start()])` */
function isJoint(call: TSESTree.CallExpression, { parents }: SignalFile): boolean {
  return outside(call, parents)?.type === 'ArrayExpression';
}
