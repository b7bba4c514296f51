import type { TSESTree } from '@typescript-eslint/utils';
import { thisMember } from '../ast/this-member.ts';
import { visit } from '../ast/visit.ts';
import { methodOf } from '../flow/walk.ts';
import { refusesSurely } from '../restart/refusal.ts';
import type { ClassFacts, StartupFacts } from '../service.ts';
import type { Failure } from './read-failure.ts';
import type { StartupScope } from './startup-scope.ts';

/** The flag, or the promise kept in a field, by which the next start does nothing after one that has failed. */
export function leftSetBy({ start, node, ends, writes }: Failure, { answerFrom, runFrom, world }: StartupScope): StartupFacts['leftSet'] {
  const states = ends.map(({ fields }) => fields);
  if (answerFrom(start, new Map()).answer !== 'proceeds') return undefined;
  const answers = states.map((fields) => answerFrom(start, fields));
  if (answers.some(({ answer }) => answer !== 'refuses') || !refusesSurely(world, start, states)) return undefined;
  const memo = writes.find(({ field }) => states.every((fields) => fields.get(field)?.every((val) => val.kind === 'promise' && val.rejects) === true));
  const isSilent = states.every((fields) => runFrom(start, 'start', fields).ends.every(({ how }) => how === 'returned'));
  const tested = new Set(isSilent ? answers.flatMap(({ tests }) => tests.flatMap((one) => fieldsIn(one, world.facts))) : []);
  const write = memo ?? writes.find(({ field, raised }) => !raised && tested.has(field) && states.every((fields) => fields.has(field)));
  return write === undefined ? undefined : Object.freeze({ field: write.field, node: write.node, fails: node });
}

/** The fields that a test looks at, also by way of a method or a getter. */
function fieldsIn(test: TSESTree.Node, facts: ClassFacts, isInner = false): readonly string[] {
  const fields: string[] = [];
  visit(test, (node) => {
    const field = thisMember(node);
    const asked = field === undefined || isInner ? undefined : (methodOf(facts, field)?.value ?? facts.getters.get(field));
    if (asked !== undefined) fields.push(...fieldsIn(asked, facts, true));
    else if (field !== undefined) fields.push(field);
    return undefined;
  });
  return fields;
}
