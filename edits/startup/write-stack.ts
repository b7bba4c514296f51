import { someBelow } from '../../model/ast/some-below.ts';
import type { Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { logFailureOf } from '../teardown/log-failure.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { freeName } from '../text/free-name.ts';
import { indentAt } from '../text/indent-at.ts';
import { indentUnit } from '../text/indent-unit.ts';
import { takenNames } from '../text/taken-names.ts';
import { movesOf } from './moves-of.ts';
import { putAfter } from './put-after.ts';
import { putBefore } from './put-before.ts';
import type { Undo } from './undo-of.ts';
import type { Rollback } from './write-rollback.ts';

/** Cannot fail. */
const CLEARS = /^clear(?:Immediate|Interval|Timeout)\(this\.#?\w+\)$/;

/**
 * Gives statements a stack, which has deferred to it how to give back what they acquire, and is moved where they have come through. Each
 * step logs its own failure, so that what start throws is the first error and no SuppressedError. Undefined where there is a way out on
 * which it could not be moved.
 */
export function writeStack(service: Service, source: Source, { fn, region, undos, resets }: Rollback): readonly Change[] | undefined {
  const { text, program } = source;
  const { semicolon } = fileStyleOf(source);
  const stack = freeName(['undo', 'rollback'], (taken) => takenNames(program).has(taken));
  const moves = movesOf(source, fn, region, `${stack}.move()${semicolon}`);
  if (moves === undefined) return undefined;
  const unit = indentUnit(text, service.node);
  const lines = resets.map(({ field, value }) => `${unit}this.${field} = ${value}${semicolon}`);
  const reset = lines.length === 0 ? [] : [`${stack}.defer(() => {`, ...lines, `})${semicolon}`];
  const failure = freeName(['failure', 'undoFailure'], (name) => someBelow(fn, (node) => node.type === 'Identifier' && node.name === name));
  const log = logFailureOf(service, source, true, 'rollback step');
  const deferred = undos.map((undo) => putAfter(source, undo.place.statement, deferLines(undo, source, { stack, unit, failure, logged: log(undo.name, failure) })));
  return [...putBefore(source, region.first, [`await using ${stack} = new AsyncDisposableStack()${semicolon}`, ...reset]), ...deferred, ...moves];
}

interface Words {
  readonly stack: string;
  readonly unit: string;
  readonly failure: string;
  readonly logged: string;
}

function deferLines({ place: { statement }, step, indent }: Undo, source: Source, { stack, unit, failure, logged }: Words): readonly string[] {
  const { semicolon } = fileStyleOf(source);
  if (CLEARS.test(step)) return [`${stack}.defer(() => ${step})${semicolon}`];
  const inner = unit.repeat(2);
  const moved = step.replaceAll(`\n${indent}`, `\n${indentAt(source.text, statement.range[0])}${inner}`);
  return [
    `${stack}.defer(async () => {`,
    `${unit}try {`,
    `${inner}${moved.startsWith('await ') ? '' : 'await '}${moved}${semicolon}`,
    `${unit}} catch (${failure}) {`,
    `${inner}${logged}${semicolon}`,
    `${unit}}`,
    `})${semicolon}`,
  ];
}
