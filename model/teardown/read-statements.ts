import type { TSESTree } from '@typescript-eslint/utils';
import { boundNames } from '../ast/bound-names.ts';
import { constantKey } from '../ast/constant-key.ts';
import { endOf, mapSteps, NOTHING, type Piece, sequence, stepsOf } from './piece.ts';
import { makeStep } from './make-step.ts';
import { readExpression } from './read-expression.ts';
import type { Reading } from './reading.ts';

/** Reads the statements of a block, in their order. */
export function readStatements(statements: readonly TSESTree.Statement[], reading: Reading): Piece {
  const locals = new Map(reading.locals);
  for (const statement of statements) {
    if (statement.type === 'FunctionDeclaration') locals.set(statement.id.name, statement);
  }
  const parts: Piece[] = [];
  for (const statement of statements) {
    const isLate = reading.isLate || parts.some((part) => stepsOf(part).length > 0);
    const part = readStatement(statement, { ...reading, locals, statement, isLate }, locals);
    parts.push(part);
    const end = endOf(part);
    if (end !== 'none' && end !== 'unknown') break;
  }
  return sequence(parts);
}

function readStatement(node: TSESTree.Statement, reading: Reading, locals: Map<string, TSESTree.Node>): Piece {
  switch (node.type) {
    case 'BlockStatement':
      return readStatements(node.body, reading);
    case 'ExpressionStatement':
      return sequence(readExpression(node.expression, false, reading));
    case 'VariableDeclaration':
      return sequence(node.declarations.flatMap(({ id, init }) => readDeclared(id, init, reading, locals)));
    case 'ReturnStatement':
      return sequence([...(node.argument === null ? [] : readExpression(node.argument, reading.isAwaited, reading)), { kind: 'exit', end: 'return' }]);
    case 'ThrowStatement':
      return sequence([...readExpression(node.argument, false, reading), readThrow(node, reading)]);
    case 'BreakStatement':
    case 'ContinueStatement':
      return { kind: 'exit', end: 'break' };
    case 'IfStatement':
      return readIf(node, reading);
    case 'SwitchStatement':
      return sequence([...readExpression(node.discriminant, false, reading), { kind: 'branch', parts: [NOTHING, ...node.cases.map((one) => readCase(one, reading))] }]);
    case 'TryStatement':
      return readTry(node, reading);
    case 'LabeledStatement':
      return readStatement(node.body, reading, locals);
    case 'DoWhileStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'ForStatement':
    case 'WhileStatement':
      return readLoop(node, reading);
    default:
      return NOTHING;
  }
}

function readDeclared(id: TSESTree.Node, init: TSESTree.Expression | null, reading: Reading, locals: Map<string, TSESTree.Node>): Piece[] {
  if (init === null) return [];
  if (id.type === 'Identifier') locals.set(id.name, init);
  const binds = boundNames(id);
  return readExpression(init, false, reading).map((part) => mapSteps(part, (step) => ({ ...step, binds })));
}

/** A helper that throws after its work, such as `if (hasFailed) throw …`, fails its caller. */
function readThrow(node: TSESTree.ThrowStatement, reading: Reading): Piece {
  const { inside, isHandler, isLate, method } = reading;
  if (inside.length < 2 || isHandler || !isLate) return { kind: 'exit', end: 'throw' };
  return makeStep(node, reading, { name: method.replace(/^#/, ''), isAwaited: false, kind: 'work', failure: 'rejects' });
}

function readIf({ test, consequent, alternate }: TSESTree.IfStatement, reading: Reading): Piece {
  const arms = [consequent, alternate].map((arm) => (arm === null ? NOTHING : readStatements([arm], reading)));
  return sequence([...readExpression(test, false, reading), { kind: 'branch', parts: arms }]);
}

/** A case may fall through to the next; what follows it there is not read as following it. */
function readCase({ consequent }: TSESTree.SwitchCase, reading: Reading): Piece {
  const body = readStatements(consequent, reading);
  // A `break` leaves no more than the switch.
  return endOf(body) === 'break' ? { kind: 'loop', body, isList: false } : body;
}

function readTry({ block, handler, finalizer }: TSESTree.TryStatement, reading: Reading): Piece {
  const caught = handler === null ? NOTHING : readStatements(handler.body.body, { ...reading, isHandler: true });
  return {
    kind: 'try',
    block: readStatements(block.body, reading),
    handler: handler === null ? undefined : { node: handler, body: caught, end: endOf(caught) },
    finalizer: finalizer === null ? undefined : readStatements(finalizer.body, reading),
  };
}

type Loop = TSESTree.DoWhileStatement | TSESTree.ForInStatement | TSESTree.ForOfStatement | TSESTree.ForStatement | TSESTree.WhileStatement;

function readLoop(node: Loop, reading: Reading): Piece {
  const iterated = node.type === 'ForOfStatement' || node.type === 'ForInStatement' ? readExpression(node.right, false, reading) : [];
  const test = 'test' in node && node.test !== null ? readExpression(node.test, false, reading) : [];
  const locals = new Map(reading.locals);
  if (node.type === 'ForOfStatement') for (const name of boundNames(node.left)) locals.set(name, node.right);
  const body = sequence([...test, readStatements([node.body], { ...reading, locals })]);
  return sequence([...iterated, { kind: 'loop', body, isList: isList(node) }]);
}

/** A loop over what there is to release, rather than one that waits or tries again. */
function isList(node: Loop): boolean {
  if (node.type === 'ForInStatement') return true;
  if (node.type === 'ForOfStatement') return !node.await && node.right.type !== 'ArrayExpression';
  return node.type === 'ForStatement' && node.test !== null && node.update !== null && constantKey(node.test) === undefined && node.test.type === 'BinaryExpression';
}
