import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../ast/contains.ts';
import { STOP_NAMES } from '../pairs.ts';
import { functionAt } from '../signals/function-at.ts';
import { type SignalFile, signalFile } from '../signals/signal-file.ts';
import type { Source } from '../source.ts';
import type { TypeFacts } from '../types.ts';
import { failsBetween } from './fails-between.ts';
import type { StartedLocal } from './started-local.ts';
import { statementsAround } from './statements-around.ts';
import { awaitedStatement, isMemberUse, outside } from './use-of-local.ts';

/**
 * What may fail, or return, between the start of a local and the first statement that hands it on: `await bus.ready(); return bus;`. Until
 * then nobody else has it. None where something before the start, or what fails itself, may have got hold of it.
 */
export function orphanedAt({ start, uses }: StartedLocal, { program, types }: Source): TSESTree.Node | undefined {
  const file = signalFile(program);
  const { parents } = file;
  const first = awaitedStatement(start, parents);
  const list = first === undefined ? [] : statementsAround(first, parents);
  const handed = uses.filter((use) => !isMemberUse(use, parents));
  const to = list.findIndex((statement) => handed.some((use) => contains(statement, use)));
  const from = list.findIndex((statement) => statement === first) + 1;
  if (from === 0 || to < from) return undefined;
  // All of them come later, and none stands in a function that was made before.
  if (!handed.every((use) => list.slice(to).some((statement) => contains(statement, use)))) return undefined;
  const [only, ...others] = handed;
  return failsBetween(list.slice(from, to)) ?? (only !== undefined && others.length === 0 && types !== undefined ? failsIn(only, file, types) : undefined);
}

/** What may fail in a function of the file that is given it, by its type, without anything that would stop it: `return wrap(client);`. */
function failsIn(use: TSESTree.Identifier, file: SignalFile, types: TypeFacts): TSESTree.Node | undefined {
  const call = outside(use, file.parents);
  const index = call?.type === 'CallExpression' ? call.arguments.findIndex((argument) => argument === use) : -1;
  const user = call?.type === 'CallExpression' && index >= 0 ? outside(call, file.parents) : undefined;
  if (call?.type !== 'CallExpression' || (user?.type !== 'AwaitExpression' && user?.type !== 'ReturnStatement')) return undefined;
  const fn = functionAt(call.callee, file);
  const param = fn?.async === true ? fn.params[index] : undefined;
  const type = param?.type === 'Identifier' ? types.typeOf(param) : undefined;
  if (fn === undefined || type?.isAsyncDisposable !== 'no' || [...STOP_NAMES].some((name) => type.method(name) !== undefined)) return undefined;
  const fails = failsBetween([fn.body]);
  // It has come to its end then.
  return fails?.type === 'ReturnStatement' ? undefined : fails;
}
