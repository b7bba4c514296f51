import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../../model/ast/always-exits.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { visit } from '../../model/ast/visit.ts';
import type { Source } from '../../model/source.ts';
import { awaitReturns } from '../await-returns.ts';
import type { Change } from '../outcome.ts';
import { pathTo } from '../teardown/path-to.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { freeName } from '../text/free-name.ts';
import { takenNames } from '../text/taken-names.ts';
import type { Place } from './place-of-acquired.ts';
import { putAfter } from './put-after.ts';
import { putBefore } from './put-before.ts';
import { isWork, type Region } from './region-of.ts';

type Fn = Place['fn'];

/** Puts `line` on every way out of a region that is no failure, as the last that is done there; undefined where there is a way on which it would not be. */
export function movesOf(source: Source, fn: Fn, { statements, last }: Region, line: string): readonly Change[] | undefined {
  const changes: Change[] = alwaysExits(last) === 'none' ? [putAfter(source, last, [line])] : [];
  for (const statement of statements) {
    for (const way of waysOut(statement)) {
      const added = moveOn(source, fn, way, line);
      if (added === undefined) return undefined;
      changes.push(...added);
    }
  }
  return changes;
}

/** The paths to what leaves a statement other than by throwing. */
function waysOut(statement: TSESTree.Statement): readonly (readonly TSESTree.Node[])[] {
  const ways: (readonly TSESTree.Node[])[] = [];
  visit(statement, (node) => {
    if (node.type === 'ReturnStatement' || node.type === 'BreakStatement' || node.type === 'ContinueStatement') {
      const path = pathTo(statement, node);
      if (node.type === 'ReturnStatement' || !staysWithin(node, path)) ways.push(path);
    }
    return isFunction(node) ? 'skip' : undefined;
  });
  return ways;
}

function staysWithin({ type, label }: TSESTree.BreakStatement | TSESTree.ContinueStatement, path: readonly TSESTree.Node[]): boolean {
  return path.some((node) => {
    if (label !== null) return node.type === 'LabeledStatement' && node.label.name === label.name;
    return /^(?:Do|For|While)/.test(node.type) || (type === 'BreakStatement' && node.type === 'SwitchStatement');
  });
}

/** In a `try`, what comes after the move may still be caught, or go wrong in a `finally`. */
function moveOn(source: Source, fn: Fn, path: readonly TSESTree.Node[], line: string): readonly Change[] | undefined {
  const node = path.at(-1);
  const above = path.at(-2);
  if (node?.type !== 'ReturnStatement' || path.some(({ type }) => type === 'TryStatement')) return undefined;
  const hasBlock = above === undefined || above.type === 'BlockStatement';
  if (node.argument !== null && someBelow(node.argument, isWork, isFunction)) return hasBlock ? moveAfterWork(source, fn, node, node.argument, line) : undefined;
  if (hasBlock || above.type === 'SwitchCase') return putBefore(source, node, [line]);
  const [start, end] = node.range;
  return above.type === 'IfStatement' ? [{ start, end: start, text: `{ ${line.replace(/;?$/, ';')} ` }, { start: end, end, text: ' }' }] : undefined;
}

/** `return this.greet();` becomes `const result = await this.greet(); undo.move(); return result;` */
function moveAfterWork(source: Source, fn: Fn, node: TSESTree.ReturnStatement, argument: TSESTree.Expression, line: string): readonly Change[] | undefined {
  const { text, program } = source;
  const { isTypeScript, semicolon } = fileStyleOf(source);
  const value = isTypeScript ? settledType(source, fn) : '';
  const from = node.range[0];
  const waits = awaitReturns(source, node);
  if (value === undefined || waits.some((change) => change.text.startsWith('throw'))) return undefined;
  if (value === 'void') {
    if (!/^return\s+$/.test(text.slice(from, argument.range[0])) || (waits.length === 0 && argument.type !== 'AwaitExpression')) return undefined;
    const after = fn.body.body.at(-1) === node ? [line] : [line, `return${semicolon}`];
    return [{ start: from, end: argument.range[0], text: '' }, ...waits, putAfter(source, node, after)];
  }
  const name = freeName(['result', 'started'], (taken) => takenNames(program).has(taken));
  const declared = `const ${name}${value === '' ? '' : `: ${value}`} =`;
  return [{ start: from, end: from + 'return'.length, text: declared }, ...waits, putAfter(source, node, [line, `return ${name}${semicolon}`])];
}

/** `string`, where a function says that it gives a `Promise<string>`: without its type, a value may be read as another. */
function settledType({ text }: Source, { returnType }: Fn): string | undefined {
  const type = returnType?.typeAnnotation;
  if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier' || type.typeName.name !== 'Promise') return undefined;
  const [settled] = type.typeArguments?.params ?? [];
  return settled && text.slice(...settled.range);
}
