import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isLogging } from '../ast/is-logging.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { executorOf, readExecutor } from './executor.ts';
import { notesOf } from './function-notes.ts';
import { type Limit, limitBy, limitPerhaps, NO_LIMIT } from './limit.ts';
import { isLookedAt } from './looked-at.ts';
import { endsWork } from './names.ts';
import type { Place, Wait } from './place.ts';
import { isOfInstance } from './rooted.ts';
import { addLeaf } from './walk.ts';
import { lastName } from '../ast/last-name.ts';

const SUBSCRIBES = new Set(['addEventListener', 'addListener', 'on', 'once']);

/** `new Promise((resolve) => this.server.close(resolve))`: waits for what the executor asks to be told of. */
export function readWaitedPromise(node: TSESTree.NewExpression, wait: Wait, place: Place): void {
  const executor = readExecutor(node, notesOf(place.fn));
  if (executor?.hasOther !== true || !waitsForEnd(node, place)) return;
  addLeaf(wait, place, limitOfExecutor(node, wait, place));
}

function limitOfExecutor(node: TSESTree.NewExpression, wait: Wait, place: Place): Limit {
  const timer = readExecutor(node, notesOf(place.fn))?.timer;
  if (timer === undefined) return NO_LIMIT;
  // What is told of its end by an event keeps the process alive by itself.
  if (timer.flaw === 'unref') return limitPerhaps(node);
  if (timer.settles !== 'resolves') return limitBy(node, timer);
  return isLookedAt(wait.node, node, place) ? limitPerhaps(node) : limitBy(node, { flaw: 'resolves' });
}

function waitsForEnd(node: TSESTree.NewExpression, place: Place): boolean {
  const fn = executorOf(node);
  if (fn === undefined) return false;
  const settlers = new Set(fn.params.map(lastName));
  return someBelow(fn.body, (inner) => {
    if (inner.type === 'AssignmentExpression') return thisMember(inner.left) !== undefined && settlers.has(lastName(inner.right));
    if (inner.type !== 'CallExpression' || isLogging(inner)) return false;
    const callee = unwrap(inner.callee);
    const name = calleeName(inner) ?? '';
    const keeps = (name === 'push' || name === 'add' || name === 'set') && inner.arguments.some((argument) => settlers.has(lastName(argument)));
    return callee.type === 'MemberExpression' && (keeps || SUBSCRIBES.has(name) || endsWork(name)) && isOfInstance(callee.object, place);
  });
}
