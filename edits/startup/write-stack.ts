import type { Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { freeName } from '../text/free-name.ts';
import { indentAt } from '../text/indent-at.ts';
import { indentUnit } from '../text/indent-unit.ts';
import { takenNames } from '../text/taken-names.ts';
import { movesOf } from './moves-of.ts';
import { putAfter } from './put-after.ts';
import { putBefore } from './put-before.ts';
import type { Undo } from './undo-of.ts';
import { undoStepIn } from './undo-step.ts';
import type { Rollback } from './write-rollback.ts';

/**
 * Gives statements a stack, to which is deferred how to give back what they acquire, and which is moved where they have come through. What
 * fails of that is logged where it fails: start throws the first error, and not a SuppressedError. Undefined where there is a way out on
 * which the stack could not be moved.
 */
export function writeStack(service: Service, source: Source, { fn, region, undos, resets }: Rollback): readonly Change[] | undefined {
  const { text, program } = source;
  const { isTypeScript, semicolon } = fileStyleOf(source);
  const isTaken = (name: string): boolean => takenNames(program).has(name);
  const stack = freeName(['undo', 'rollback'], isTaken);
  const moves = movesOf(source, fn, region, `${stack}.move()${semicolon}`);
  if (moves === undefined) return undefined;
  const unit = indentUnit(text, service.node);
  const rollBack = freeName(['rollBack', 'undoLogged'], isTaken);
  const { name, step, lines } = undoStepIn(service, source, fn, unit);
  const params = isTypeScript ? `(${name}: string, ${step}: () => unknown): Promise<void>` : `(${name}, ${step})`;
  const helper = undos.every(isClear) ? [] : [`const ${rollBack} = async ${params} => {`, ...lines.map((line) => unit + line), `}${semicolon}`];
  // What is deferred first is done last.
  const reset = resets.length === 0 ? [] : [`${stack}.defer(() => {`, ...resets.map(({ field, value }) => `${unit}this.${field} = ${value}${semicolon}`), `})${semicolon}`];
  const deferred = undos.map((undo) => putAfter(source, undo.place.statement, [`${stack}.defer(() => ${deferredCall(undo, source, rollBack)})${semicolon}`]));
  return [...putBefore(source, region.first, [...helper, `await using ${stack} = new AsyncDisposableStack()${semicolon}`, ...reset]), ...deferred, ...moves];
}

/** Cannot fail. */
function isClear({ step }: Undo): boolean {
  return /^clear(?:Immediate|Interval|Timeout)\(this\.#?\w+!?\)$/.test(step);
}

function deferredCall(undo: Undo, source: Source, rollBack: string): string {
  const { place, name, step, waits, indent } = undo;
  const { quote } = fileStyleOf(source);
  const moved = step.replaceAll(`\n${indent}`, `\n${indentAt(source.text, place.statement.range[0])}`);
  return isClear(undo) ? moved : `${rollBack}(${quote}${name}${quote}, ${waits ? 'async ' : ''}() => ${moved})`;
}
