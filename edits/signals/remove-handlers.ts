import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { isLogging } from '../../model/ast/is-logging.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { bindingOf } from '../../model/names/binding-of.ts';
import { ends } from '../../model/signals/ends.ts';
import { isExit } from '../../model/signals/is-exit.ts';
import type { SignalHandler } from '../../model/signals/signal.ts';
import type { SignalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { insertAfter } from '../text/beside.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { startsLine } from '../text/starts-line.ts';
import { namesAll } from './names-all.ts';

/**
 * Takes off, at the end of the drain, what was registered with `once` and stays on now: whoever signals again afterwards ends the process in
 * the default way, as before. Nothing where the handler has no name, ends the process itself, or may be through before its work is.
 */
export function removeHandlers({ registrations }: SignalHandler, file: SignalFile, source: Source): readonly Change[] {
  const [{ node: first, fn }] = registrations;
  const name = listenerOf(first);
  if (name === undefined || !fn.async || fn.body.type !== 'BlockStatement' || !isWaiting(fn.body)) return [];
  const last = fn.body.body.at(-1);
  const isSame = registrations.every((one) => one.fn === fn && one.method === 'once' && listenerOf(one.node) === name && namesAll(one, file));
  if (last === undefined || !isSame || !startsLine(source.text, last.range[0])) return [];
  // What the names stand for at the registrations they have to stand for in the handler.
  const isKnown = [name, 'process'].every((one) => registrations.every(({ node }) => bindingOf(one, node, file.parents)?.node === bindingOf(one, last, file.parents)?.node));
  if (!isKnown) return [];
  const { quote, semicolon } = fileStyleOf(source);
  const signals = new Set(registrations.flatMap((one) => one.signals));
  return [insertAfter(source, last, Array.from(signals, (signal) => `process.off(${quote}${signal}${quote}, ${name})${semicolon}`))];
}

function listenerOf({ arguments: [, listener] }: TSESTree.CallExpression): string | undefined {
  const inner = listener === undefined ? undefined : unwrap(listener);
  return inner?.type === 'Identifier' ? inner.name : undefined;
}

/** Whether control comes out at the end, and only once everything is done: each step is awaited, a log or a plain assignment. */
function isWaiting({ body }: TSESTree.BlockStatement): boolean {
  if (body.some(ends)) return false;
  return !body.some((statement) => someBelow(statement, isInTheWay, isFunction));
}

function isInTheWay(node: TSESTree.Node): boolean {
  if (node.type === 'ReturnStatement' || isExit(node)) return true;
  if (node.type !== 'ExpressionStatement') return false;
  const inner = unwrap(node.expression);
  if (inner.type === 'AwaitExpression' || isLogging(inner)) return false;
  if (inner.type === 'AssignmentExpression') return someBelow(inner.right, ({ type }) => type === 'CallExpression' || type === 'NewExpression');
  return inner.type !== 'CallExpression' || !/^clear(?:Immediate|Interval|Timeout)$/.test(calleeName(inner) ?? '');
}
