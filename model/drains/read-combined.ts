import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { tighter, UNSEEN_LIMIT } from './limit.ts';
import type { Place, Wait } from './place.ts';
import { limitOfRace, worksOfRace } from './race.ts';
import { readWaited } from './read-waited.ts';

/** `Promise.all(…)` and its like, also of a promise library kept in `this.Promise`. */
export function readCombined(call: TSESTree.CallExpression, callee: TSESTree.MemberExpression, wait: Wait, place: Place): boolean {
  const root = unwrap(callee.object);
  const isPromise = (root.type === 'Identifier' && /^(?:Bluebird|Promise)$/.test(root.name)) || thisMember(root) === 'Promise';
  if (!isPromise) return false;
  const name = memberName(callee);
  const [first] = call.arguments;
  if (first === undefined) return true;
  if (name === 'all' || name === 'allSettled') readWaited(first, wait, place);
  else if (name === 'race') {
    const inside = { ...place, limit: tighter(place.limit, limitOfRace(call, wait, place)) };
    for (const work of worksOfRace(call, place)) readWaited(work, wait, inside);
  } else if (name === 'any') readWaited(first, wait, { ...place, limit: tighter(place.limit, UNSEEN_LIMIT) });
  else if (name === 'resolve' || name === 'try') readWaited(first, wait, place);
  return true;
}
