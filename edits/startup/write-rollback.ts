import type { TSESTree } from '@typescript-eslint/utils';
import { someBelow } from '../../model/ast/some-below.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { visit } from '../../model/ast/visit.ts';
import type { Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { awaitReturns } from '../await-returns.ts';
import { caughtNameOf } from '../flag/caught-name.ts';
import { insertFirst } from '../flag/insert-first.ts';
import { onOneLine } from '../flag/on-one-line.ts';
import type { Change } from '../outcome.ts';
import { eolAt } from '../text/eol-at.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { freeName } from '../text/free-name.ts';
import { indentAt } from '../text/indent-at.ts';
import { indentUnit } from '../text/indent-unit.ts';
import { leadingStart } from '../text/leading-start.ts';
import { reindent } from '../text/reindent.ts';
import { startsLine } from '../text/starts-line.ts';
import { takenNames } from '../text/taken-names.ts';
import { trailingEnd } from '../text/trailing-end.ts';
import type { Reset } from './fields-to-reset.ts';
import type { Place } from './place-of-acquired.ts';
import { putAfter } from './put-after.ts';
import { putBefore } from './put-before.ts';
import type { Region } from './region-of.ts';
import type { Undo } from './undo-of.ts';
import { undoStepIn } from './undo-step.ts';

/** What is given back, and where. */
export interface Rollback {
  readonly fn: Place['fn'];
  readonly region: Region;
  readonly undos: readonly Undo[];
  readonly resets: readonly Reset[];
}

/** Puts statements into a `try` which notes how to give back what they acquire, and whose handler does so, the last first. */
export function writeRollback(service: Service, source: Source, { fn, region, undos, resets }: Rollback): readonly Change[] {
  const { text, program } = source;
  const { isTypeScript, semicolon } = fileStyleOf(source);
  const list = freeName(['undo', 'rollback'], (taken) => takenNames(program).has(taken));
  const unit = indentUnit(text, service.node);
  const declared = undos.length === 0 ? [] : [`const ${list}${isTypeScript ? ': [string, () => unknown][]' : ''} = []${semicolon}`];
  const lines = handlerLines(service, source, { fn, undos, resets, list, unit });
  const returns = region.statements.flatMap((statement) => returnsOf(statement).flatMap((one) => awaitReturns(source, one)));
  const { tried } = region;
  if (tried !== undefined) {
    return [...putBefore(source, tried, declared), ...undos.map((undo) => noted(undo, source, list, '')), ...returns, ...insertFirst(text, service.node, tried.handler.body, lines)];
  }
  const error = caughtNameOf(program);
  return [...putRound(source, region, unit, declared, [...lines, `throw ${error}${semicolon}`], error, [...undos.map((undo) => noted(undo, source, list, unit)), ...returns])];
}

function putRound(source: Source, region: Region, unit: string, declared: readonly string[], lines: readonly string[], error: string, inside: readonly Change[]): readonly Change[] {
  const { text } = source;
  const own = leadingStart(source, region.first.range[0]);
  const start = startsLine(text, own) ? own : region.first.range[0];
  const end = trailingEnd(text, region.last.range[1]);
  if (!startsLine(text, start)) {
    const tail = ` } catch (${error}) { ${onOneLine(lines.map((line) => line.trim()))} }`;
    const [, close] = region.last.range;
    return [{ start, end: start, text: `${onOneLine([...declared, 'try {'])} ` }, ...inside, { start: close, end: close, text: tail }];
  }
  const join = eolAt(text, start) + indentAt(text, start);
  return [
    { start, end: start, text: [...declared, 'try {', unit].join(join) },
    ...reindent(text, region.statements, start, end, unit),
    ...inside,
    { start: end, end, text: ['', `} catch (${error}) {`, ...lines.map((line) => unit + line), '}'].join(join) },
  ];
}

/** `undo.push([…])`, right behind what it is about. */
function noted({ place: { statement }, name, step, waits, indent }: Undo, source: Source, list: string, unit: string): Change {
  const { text } = source;
  const { quote, semicolon } = fileStyleOf(source);
  const moved = step.replaceAll(`\n${indent}`, `\n${indentAt(text, statement.range[0])}${unit}`);
  return putAfter(source, statement, [`${list}.push([${quote}${name}${quote}, ${waits ? 'async ' : ''}() => ${moved}])${semicolon}`], unit);
}

function handlerLines(service: Service, source: Source, { fn, undos, resets, list, unit }: Omit<Rollback, 'region'> & { readonly list: string; readonly unit: string }): readonly string[] {
  const { semicolon } = fileStyleOf(source);
  const { name, step, lines } = undoStepIn(service, source, fn, unit);
  const undone = [`for (const [${name}, ${step}] of ${list}.reverse()) {`, ...lines.map((line) => unit + line), '}'];
  return [...(undos.length === 0 ? [] : undone), ...resets.map(({ field, value }) => `this.${field} = ${value}${semicolon}`)];
}

/** The returns whose promise would reject behind the back of the `try`. */
function returnsOf(statement: TSESTree.Statement): readonly TSESTree.ReturnStatement[] {
  const found: TSESTree.ReturnStatement[] = [];
  visit(statement, (node) => {
    if (node.type === 'ReturnStatement' && node.argument !== null && someBelow(node.argument, ({ type }) => type === 'CallExpression', isFunction)) found.push(node);
    return isFunction(node) ? 'skip' : undefined;
  });
  return found;
}
