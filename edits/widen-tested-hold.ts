import { unwrap } from '../model/ast/unwrap.ts';
import type { ClassFacts, Hold } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { declaredNames } from './declared-names.ts';
import { readsFieldsSet } from './fields-set.ts';
import { isPlainValue } from './is-plain-value.ts';
import type { Change } from './outcome.ts';
import { returnsIn } from './returns-in.ts';
import { testedHold, type TestedHold } from './tested-hold.ts';
import { eolAt } from './text/eol-at.ts';
import { fileStyleOf } from './text/file-style.ts';
import { indentAt } from './text/indent-at.ts';
import { indentUnit } from './text/indent-unit.ts';
import { lineEnd } from './text/line-end.ts';
import { reindent } from './text/reindent.ts';
import { startsLine } from './text/starts-line.ts';

/**
 * Extends a hold over what comes after it, where it hands out a value: `const wasUp = await lock.runExclusive(…); if (!wasUp) return; …`.
 * What was handed out becomes a name or a test under the lock.
 */
export function widenTestedHold(source: Source, facts: ClassFacts, hold: Hold): readonly Change[] | undefined {
  const { text } = source;
  const { body } = hold.method.value;
  const tested = body.type === 'BlockStatement' ? testedHold(hold, body) : undefined;
  if (tested === undefined || body.type !== 'BlockStatement' || !mayWiden(tested, facts)) return undefined;
  const { statement, waited, call, callback, after } = tested;
  const close = callback.body.range[1] - 1;
  const closing = body.range[1] - 1;
  const next = lineEnd(text, statement.range[1]);
  const areLines = [statement.range[0], close, closing, ...returnsIn([callback.body]).map(({ range: [start] }) => start)];
  if (next === statement.range[1] || !areLines.slice(0, 3).every((at) => startsLine(text, at))) return undefined;
  const end = text.lastIndexOf('\n', closing) + 1;
  const { semicolon } = fileStyleOf(source);
  return [
    { start: statement.range[0], end: waited.range[0], text: '' },
    ...(callback.async ? [] : [{ start: callback.range[0], end: callback.range[0], text: 'async ' }]),
    ...handed(source, tested, facts),
    { start: text.lastIndexOf('\n', close) + 1, end: next, text: '' },
    ...reindent(text, after, next - 1, end, indentUnit(text, facts.node)),
    { start: end, end, text: `${indentAt(text, statement.range[0])}${text.slice(close, call.range[1])}${semicolon}${eolAt(text, end)}` },
  ];
}

/** The returns of the callback, as what they are within the whole body. */
function handed(source: Source, { callback, last, early, name }: TestedHold, facts: ClassFacts): readonly Change[] {
  const { text } = source;
  const { semicolon } = fileStyleOf(source);
  const isPlain = isPlainValue(last.argument, facts, callback.body.body);
  // The lock waited for it.
  const isShort = ['CallExpression', 'Identifier', 'MemberExpression'].includes(last.argument.type);
  const value = isPlain ? text.slice(...last.argument.range) : `await ${isShort ? text.slice(...last.argument.range) : `(${text.slice(...last.argument.range)})`}`;
  const isNamed = name !== undefined && declaredNames(callback.body.body).has(name.name);
  const ends = early.map(({ range: [start, end] }) => ({ start, end, text: `return${semicolon}` }));
  const lineStart = text.lastIndexOf('\n', last.range[0]) + 1;
  if (isNamed) return [...ends, { start: lineStart, end: lineEnd(text, last.range[1]), text: '' }];
  const test = `if (!${isPlain && isShort ? value : `(${value})`}) return${semicolon}`;
  const kept = name === undefined ? test : `const ${text.slice(...name.range)} = ${value}${semicolon}`;
  return [...ends, { start: last.range[0], end: last.range[1], text: kept }];
}

function mayWiden({ callback, last, name, after }: TestedHold, facts: ClassFacts): boolean {
  const inside = declaredNames(callback.body.body);
  if ([...declaredNames(after)].some((declared) => inside.has(declared))) return false;
  const value = unwrap(last.argument);
  const isItself = value.type === 'Identifier' && value.name === name?.name && isPlainValue(value, facts, callback.body.body);
  if (name !== undefined && inside.has(name.name) && !isItself) return false;
  if (returnsIn(after).some(({ argument }) => argument !== null)) return false;
  return !readsFieldsSet(callback.body, after);
}
