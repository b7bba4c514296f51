import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { calleeText } from '../ast/callee-text.ts';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { functionAround } from '../ast/parents.ts';
import { unwrap } from '../ast/unwrap.ts';
import { wordsOf } from '../ast/words-of.ts';
import { LISTENS } from '../flow/callee-names.ts';
import type { SignalFile } from '../signals/signal-file.ts';
import type { Source } from '../source.ts';
import { usesOf, type StartedLocal } from './started-local.ts';
import { outside } from './use-of-local.ts';

/** What one gives data and waits for, so that nothing of it is meant to go on. */
const SENDS: ReadonlySet<string> = new Set(['execute', 'insert', 'produce', 'publish', 'query', 'request', 'send', 'write']);
/** What goes on behind the call. */
const GOES_ON: ReadonlySet<string> = new Set(
  'add apply attach consume every handle join listen mount on once poll process register run schedule serve start subscribe tail use wait watch work'.split(' '),
);

type Use = 'asked' | 'kept' | 'neutral';

/**
 * Whether a function only lends what it has started: it asks it for data, or sends it some, at least once and waits for that; and neither the
 * instance, nor a callback, nor anything that may live on it (a session, a collection) goes anywhere else.
 */
export function isOnlyAsked(local: StartedLocal, source: Source, file: SignalFile): boolean {
  const uses = local.uses.map((use) => readUse(use, local, { source, file, depth: 0 }));
  return uses.includes('asked') && !uses.includes('kept');
}

interface Where {
  readonly source: Source;
  readonly file: SignalFile;
  readonly depth: number;
}

function readUse(use: TSESTree.Identifier, local: StartedLocal, where: Where): Use {
  const { parents } = where.file;
  const around = functionAround(use, where.file);
  if (around !== functionAround(local.declaration, where.file)) return isSentEach(use, around, where) ? 'asked' : 'kept';
  const { top, calls, parent } = chainFrom(use, where.file);
  if (top === use || parent === undefined || (parent.type === 'AssignmentExpression' && parent.left === top)) return 'kept';
  if (calls.some((call) => goesOn(call, parent, where))) return 'kept';
  if (parent.type === 'AwaitExpression' && calls.length > 0) {
    const user = outside(parent, parents);
    if (user?.type === 'ExpressionStatement') return isAfterStart(use, local) && SENDS.has(verbOf(calls.at(-1)) ?? '') ? 'asked' : 'neutral';
    if (!isHarmless(parent, where)) return 'kept';
    return isAfterStart(use, local) ? 'asked' : 'neutral';
  }
  if (parent.type === 'ExpressionStatement') return 'neutral';
  if (calls.length > 0 && parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' && where.depth < 2) return readHandle(parent, parent.id.name, local, where);
  return isHarmless(top, where) ? 'neutral' : 'kept';
}

/** `await Promise.all(lines.map((line) => bus.publish(line)));` */
function isSentEach(use: TSESTree.Identifier, each: TSESTree.Node | undefined, where: Where): boolean {
  const { parents } = where.file;
  const { calls, top } = chainFrom(use, where.file);
  const mapped = each?.type === 'ArrowFunctionExpression' && unwrap(each.body) === top ? outside(each, parents) : undefined;
  if (mapped?.type !== 'CallExpression' || calleeName(mapped) !== 'map' || calls.some((call) => goesOn(call, mapped, where))) return false;
  const joint = outside(mapped, parents);
  const isJoint = joint?.type === 'CallExpression' && /^Promise\.all(?:Settled)?\(/.test(calleeText(joint)) && joint.arguments[0] === mapped;
  const waited = isJoint ? outside(joint, parents) : undefined;
  return waited?.type === 'AwaitExpression' && outside(waited, parents)?.type === 'ExpressionStatement' && SENDS.has(verbOf(calls.at(-1)) ?? '');
}

/** `const db = client.db('app');`: what is got from it at once may live on it, and is looked at in the same way. */
function readHandle(declaration: TSESTree.VariableDeclarator, name: string, local: StartedLocal, where: Where): Use {
  const list = where.file.parents.get(declaration);
  if (list?.type !== 'VariableDeclaration' || list.kind !== 'const') return 'kept';
  const uses = usesOf(name, declaration, where.file).map((use) => readUse(use, local, { ...where, depth: where.depth + 1 }));
  if (uses.includes('kept')) return 'kept';
  return uses.includes('asked') ? 'asked' : 'neutral';
}

function isAfterStart(use: TSESTree.Node, { start }: StartedLocal): boolean {
  return start.range[1] <= use.range[0];
}

/** `db.collection('c').find().toArray()` from `db` on. */
function chainFrom(use: TSESTree.Node, { parents }: SignalFile): { readonly top: TSESTree.Node; readonly calls: readonly TSESTree.CallExpression[]; readonly parent: TSESTree.Node | undefined } {
  const calls: TSESTree.CallExpression[] = [];
  let top = use;
  for (let parent = outside(top, parents); ; parent = outside(top, parents)) {
    if (parent?.type === 'MemberExpression' && unwrap(parent.object) === top) top = parent;
    else if (parent?.type === 'CallExpression' && unwrap(parent.callee) === top) {
      calls.push(parent);
      top = parent;
    } else return { top, calls, parent };
  }
}

function verbOf(call: TSESTree.CallExpression | undefined): string | undefined {
  const callee = call === undefined ? undefined : unwrap(call.callee);
  return callee?.type === 'MemberExpression' ? wordsOf(memberName(callee) ?? '')[0] : undefined;
}

/** Whether a call leaves something at work: a subscription, a handler. A listener for errors is none. */
function goesOn(call: TSESTree.CallExpression, parent: TSESTree.Node, where: Where): boolean {
  const [event, ...listeners] = call.arguments;
  const callee = unwrap(call.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : undefined;
  if (name === undefined) return true;
  const isErrors = event?.type === 'Literal' && event.value === 'error' && listeners.length === 1 && parent.type === 'ExpressionStatement';
  if (LISTENS.has(name) && isErrors) return false;
  return GOES_ON.has(wordsOf(name)[0] ?? '') || call.arguments.some((argument) => isFunction(unwrap(argument)) || where.source.types?.isData?.(argument) === 'no');
}

/** Data, or a value of which only the truth is asked. */
function isHarmless(value: TSESTree.Node, { source, file }: Where): boolean {
  const user = outside(value, file.parents);
  const isTested = (user?.type === 'IfStatement' && unwrap(user.test) === value) || user?.type === 'UnaryExpression' || user?.type === 'TemplateLiteral';
  return isTested || source.types?.isData?.(value) === 'yes';
}
