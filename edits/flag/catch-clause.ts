import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../../model/ast/always-exits.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import type { ClassNode } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Change } from '../outcome.ts';
import { eolAt } from '../text/eol-at.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { freeName } from '../text/free-name.ts';
import { indentAt } from '../text/indent-at.ts';
import { indentUnit } from '../text/indent-unit.ts';
import { pinLine } from '../text/pin-line.ts';
import { startsLine } from '../text/starts-line.ts';
import { takenNames } from '../text/taken-names.ts';
import { caughtNameOf } from './caught-name.ts';
import { insertFirst } from './insert-first.ts';
import { onOneLine } from './on-one-line.ts';

/** What a catch does with a timeout. */
export interface Marking {
  /** `this.#unrestartable` */
  readonly flag: string;
  readonly isTimeout: (error: string) => string;
}

/** The lines of a catch that is there for nothing but the timeout. */
export function catchLines(source: Source, { flag, isTimeout }: Marking, error: string): readonly string[] {
  const { semicolon } = fileStyleOf(source);
  return [`if (${isTimeout(error)}) ${flag} = true${semicolon}`, `throw ${error}${semicolon}`];
}

/**
 * Lets the catch of a try set the flag first, or gives it a catch where it has only a finally. A catch that keeps the timeout to itself
 * throws it on only where the try is the last thing its function does: what comes after it may release something.
 */
export function extendTry(source: Source, node: ClassNode, statement: TSESTree.TryStatement, isLast: boolean, marking: Marking): Obstacle | readonly Change[] {
  const { handler } = statement;
  if (handler === null) return addCatch(source, node, statement, marking);
  const { text, program } = source;
  const { param, body } = handler;
  if (param !== null && param.type !== 'Identifier') return { node: handler, why: 'takes apart the error that the deadline would be told by' };
  const { semicolon } = fileStyleOf(source);
  const taken = takenNames(program);
  const isFree = (name: string): boolean => !someBelow(body, (inner) => inner.type === 'Identifier' && inner.name === name);
  const best = caughtNameOf(program);
  const error = param?.name ?? (isFree(best) ? best : freeName(['timeoutError'], (name) => taken.has(name)));
  const sets = `${marking.flag} = true${semicolon}`;
  const test = `if (${marking.isTimeout(error)})`;
  const keyword = handler.range[0] + 'catch'.length;
  const binding = param === null ? [{ start: keyword, end: keyword, text: ` (${error})` }] : [];
  if (!isLast || alwaysExits(body) === 'throw' || (param !== null && isKept(body, param.name))) return [...binding, ...insertFirst(text, node, body, [`${test} ${sets}`])];
  const unit = indentUnit(text, node);
  return [...binding, ...insertFirst(text, node, body, [`${test} {`, `${unit}${sets}`, `${unit}throw ${error}${semicolon}`, '}'])];
}

/** `failures.push(error)`, `failure ??= error`: the error is kept, to be thrown after the other steps. */
function isKept(body: TSESTree.BlockStatement, name: string): boolean {
  const isError = (node: TSESTree.Node): boolean => node.type === 'Identifier' && node.name === name;
  return body.body.some((statement) => {
    if (statement.type !== 'ExpressionStatement') return false;
    const { expression } = statement;
    if (expression.type === 'AssignmentExpression') return isError(expression.right);
    if (expression.type !== 'CallExpression' || expression.callee.type !== 'MemberExpression') return false;
    return expression.callee.property.type === 'Identifier' && expression.callee.property.name === 'push' && expression.arguments.some(isError);
  });
}

function addCatch(source: Source, node: ClassNode, { block, range: [start] }: TSESTree.TryStatement, marking: Marking): readonly Change[] {
  const { text, program } = source;
  const error = caughtNameOf(program);
  const lines = catchLines(source, marking, error);
  const close = block.range[1] - 1;
  if (!startsLine(text, close)) return [{ start: close + 1, end: close + 1, text: ` catch (${error}) { ${onOneLine(lines)} }` }];
  const eol = eolAt(text, close);
  const indent = indentAt(text, start);
  const unit = indentUnit(text, node);
  const added = ` catch (${error}) {${lines.map((line) => `${eol}${indent}${unit}${line}`).join('')}${eol}${indent}}`;
  return [...pinLine(text, close), { start: close + 1, end: close + 1, text: added }];
}
