import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { unwrap } from '../ast/unwrap.ts';
import { calleeName } from '../ast/callee-name.ts';
import type { Imported } from '../locks/file-names.ts';
import { NO_LIMIT, tighter, UNSEEN_LIMIT } from './limit.ts';
import { endsWork, isSleepName } from './names.ts';
import { limitOfOptions } from './option-limit.ts';
import type { Place, Wait } from './place.ts';
import { isOfInstance } from './rooted.ts';
import { addLeaf } from './walk.ts';
import { readWork } from './read-waited-call.ts';

/** Waits for an event, or for the end of a stream, as long as it takes. */
const WAITS_FOR_EVENT = /^(?:node:)?(?:events|stream|stream\/promises)$|^(?:p-event|get-stream|end-of-stream)(?:\/|$)/;
/** Of Node itself, and of no service. */
const IS_PLAIN = /^(?:node:)?(?:crypto|fs|os|path|url|util)(?:\/|$)/;
/** Runs callbacks, or waits for promises, without a limit. */
const PASSES_ON = /^(?:p-all|p-each-series|p-finally|p-map|p-map-series|p-props|p-series|p-settle|async)(?:\/|$)/;

/** Reads the call of a function from elsewhere; false where it is none. */
export function readImported(call: TSESTree.CallExpression, wait: Wait, place: Place): boolean {
  const imported = importedCallee(call, place);
  if (imported === undefined) return false;
  const name = imported.name;
  if (IS_PLAIN.test(imported.from)) return true;
  if (WAITS_FOR_EVENT.test(imported.from)) {
    if (call.arguments.some((argument) => isOfInstance(argument, place))) addLeaf(wait, place, limitOfOptions(call, place));
    return true;
  }
  const passes = PASSES_ON.test(imported.from);
  const limit = tighter(place.limit, passes ? NO_LIMIT : UNSEEN_LIMIT);
  const before = wait.leaves.length;
  for (const argument of call.arguments) {
    const inner = unwrap(argument);
    if (isFunction(inner) || isPromise(inner)) readWork(inner, wait, { ...place, limit, into: passes ? wait : place.into });
  }
  const readsAll = wait.leaves.length > before || isSleepName(name);
  if (!readsAll && endsWork(name) && call.arguments.some((argument) => isOfInstance(argument, place))) addLeaf(wait, place, UNSEEN_LIMIT);
  return true;
}

function isPromise({ type }: TSESTree.Node): boolean {
  return type === 'CallExpression' || type === 'NewExpression';
}

/** Where a called function comes from, with its name there: `{ from: 'node:events', name: 'once' }`. */
export function importedCallee(call: TSESTree.CallExpression, { scope }: Place): Imported | undefined {
  const callee = unwrap(call.callee);
  const root = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  if (root.type !== 'Identifier' || scope.locals.has(root.name)) return undefined;
  const imported = scope.file.imports.get(root.name);
  if (imported === undefined) return undefined;
  if (callee.type === 'MemberExpression') return { from: imported.from, name: memberName(callee) ?? '' };
  return { from: imported.from, name: imported.name === 'default' || imported.name === '*' ? (calleeName(call) ?? '') : imported.name };
}
