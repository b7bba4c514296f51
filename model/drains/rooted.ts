import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { someBelow } from '../ast/some-below.ts';
import { notesOf } from './function-notes.ts';
import type { Place } from './place.ts';

/** Whether an expression has to do with the instance, rather than with what stop makes itself, a module or the caller's arguments. */
export function isOfInstance(node: TSESTree.Node, place: Place): boolean {
  return someBelow(
    node,
    (inner) => inner.type === 'ThisExpression' || inner.type === 'Super' || (inner.type === 'Identifier' && isLocalOfInstance(inner.name, place)),
    (inner) => inner !== node && isFunction(inner),
  );
}

function isLocalOfInstance(name: string, place: Place): boolean {
  const local = place.scope.locals.get(name);
  if (local === undefined) return false;
  if (local.isParameter) return !place.given.has(name);
  const { ofInstance } = place.walk;
  const known = ofInstance.get(local.node);
  if (known !== undefined) return known;
  // Until it is known: a name that stands for itself stands for nothing.
  ofInstance.set(local.node, false);
  const { assigned, pushed } = notesOf(place.fn);
  const values = [...(local.init === undefined ? [] : [local.init]), ...(assigned.get(name) ?? []), ...(pushed.get(name) ?? [])];
  // The variable of a loop has no value of its own.
  const answer = values.length === 0 || values.some((value) => isOfInstance(value, place));
  ofInstance.set(local.node, answer);
  return answer;
}
