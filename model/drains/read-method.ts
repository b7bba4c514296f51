import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import type { FoundMethod } from '../locks/lock-scope.ts';
import { NO_LIMIT, UNSEEN_LIMIT } from './limit.ts';
import { awaitsIn, isSleep } from './poll.ts';
import type { Place, Wait } from './place.ts';
import { addLeaf, enterMethod } from './walk.ts';

/** Reads a method of the class that stop waits for. What others call too, or a base has, is one wait of the caller. */
export function readMethod({ method, owner }: FoundMethod, wait: Wait, place: Place, isCounted = false): void {
  const { walk } = place;
  if (walk.hooks.has(method.name)) return;
  if (place.stack.at(-1) === method.value) {
    // It waits, and then begins again: a poll, which may count in its arguments.
    if (sleeps(method, place)) addLeaf(wait, place, isCounted ? UNSEEN_LIMIT : NO_LIMIT);
    return;
  }
  const isOwn = owner === place.scope.self && walk.stopOnly.has(method.name) && place.into === undefined && !(callsItself(method) && sleeps(method, place));
  enterMethod(method.value, owner, place, isOwn ? { method: method.name } : { into: place.into ?? wait });
}

function sleeps({ value }: FoundMethod['method'], place: Place): boolean {
  return awaitsIn(value.body).some(({ argument }) => isSleep(argument, place));
}

/** Who waits for the first call waits for all of them. */
function callsItself({ name, value }: FoundMethod['method']): boolean {
  return someBelow(value.body, (node) => node.type === 'CallExpression' && thisMember(node.callee) === name);
}
