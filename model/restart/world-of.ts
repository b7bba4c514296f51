import type { TSESTree } from '@typescript-eslint/utils';
import { constantKey } from '../ast/constant-key.ts';
import { isFunction } from '../ast/is-function.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import type { Sides } from '../read-sides.ts';
import type { ClassFacts, LockFacts } from '../service.ts';
import type { World } from './machine.ts';
import { constant, eitherOf, FREE, OBJECT, UNDEFINED, UNKNOWN, type Vals } from './state.ts';
import { volatileOf } from './volatile-of.ts';

/** What the runs of start and stop have to know of their class. */
export function worldOf(facts: ClassFacts, sides: Pick<Sides, 'start' | 'stop'>, { holds, lifecycle }: LockFacts): World {
  const fields = new Map<string, Vals>();
  return {
    facts,
    holds: new Set(holds.filter(({ lock }) => lock.key === lifecycle?.key).map(({ node }) => node)),
    initial: (field) => {
      const known = fields.get(field) ?? initialOf(facts, field);
      fields.set(field, known);
      return known;
    },
    ...volatileOf(facts, sides),
  };
}

/** What a field holds when its object has been constructed. */
function initialOf(facts: ClassFacts, field: string): Vals {
  const known = facts.fields.get(field);
  const assigned = assignedIn(facts, field);
  if (known === undefined) {
    if (typeof facts.base === 'object' && !field.startsWith('#')) return initialOf(facts.base, field);
    return facts.base === 'unknown' ? UNKNOWN : (assigned ?? UNDEFINED);
  }
  const isGiven = known.node.type === 'TSParameterProperty' || ('definite' in known.node && known.node.definite);
  return assigned ?? (known.init === undefined ? (isGiven ? FREE : UNDEFINED) : valueOf(known.init));
}

function assignedIn({ constructorNode }: ClassFacts, field: string): Vals | undefined {
  let assigned: Vals | undefined;
  const body = constructorNode?.value.body;
  if (body == null) return undefined;
  visit(body, (node) => {
    if (node.type === 'AssignmentExpression' && thisMember(node.left) === field) assigned = eitherOf(assigned ?? [], valueOf(node.right));
    return isFunction(node) ? 'skip' : undefined;
  });
  return assigned;
}

/** What the constructor is given it was given when the service could be started, too. */
function valueOf(node: TSESTree.Node): Vals {
  const inner = unwrap(node);
  const key = constantKey(inner);
  if (key !== undefined) return constant(key);
  return ['ArrayExpression', 'NewExpression', 'ObjectExpression'].includes(inner.type) || isFunction(inner) ? OBJECT : FREE;
}
