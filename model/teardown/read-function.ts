import type { TSESTree } from '@typescript-eslint/utils';
import { type Piece, sequence } from './piece.ts';
import { readExpression } from './read-expression.ts';
import { readStatements } from './read-statements.ts';
import type { Readable, Reading } from './reading.ts';

export interface Call {
  /** The call, or the callback where somebody else calls it. */
  readonly node: TSESTree.Node;
  /** What is handed over and stands for the parameters. */
  readonly args: readonly TSESTree.Node[];
  /** Whether somebody awaits its result. */
  readonly awaited: boolean;
}

/** Reads a function in place of its call. */
export function readFunction({ fn, method }: Readable, { node, args, awaited }: Call, reading: Reading): Piece {
  reading.effort.entered++;
  const locals = new Map(reading.locals);
  for (const [index, param] of fn.params.entries()) {
    const argument = args[index];
    if (param.type !== 'Identifier') continue;
    if (argument === undefined) locals.delete(param.name);
    else locals.set(param.name, argument);
  }
  const inside = [...reading.inside, fn];
  const { body } = fn;
  const via = inside.length === 1 ? [] : [...reading.via, node];
  const within = { ...reading, method, locals, inside, via, isAwaited: fn.async || awaited, isHandler: false, isLate: false };
  if (body.type === 'BlockStatement') return { kind: 'call', body: readStatements(body.body, within) };
  return { kind: 'call', body: sequence(readExpression(body, within.isAwaited, { ...within, statement: body })) };
}
