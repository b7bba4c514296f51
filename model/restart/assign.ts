import type { TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../ast/key-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { evaluate } from './evaluate.ts';
import { become, type Machine, meet, writeField } from './machine.ts';
import { copyOf, eitherOf, FREE, isFree, isPresent, type State, truthOf, UNKNOWN, type Vals } from './state.ts';

const CONDITIONAL: Readonly<Record<string, (vals: Vals) => boolean | undefined>> = {
  '&&=': (vals) => not(truthOf(vals)),
  '??=': isPresent,
  '||=': truthOf,
};

export function assign(machine: Machine, node: TSESTree.AssignmentExpression, state: State, waited: boolean): Vals | undefined {
  const keeps = CONDITIONAL[node.operator];
  if (keeps !== undefined) return assignUnless(machine, node, state, keeps, waited);
  const vals = evaluate(machine, node.right, state, waited);
  if (vals === undefined) return undefined;
  store(machine, node.left, node, state, node.operator === '=' ? vals : UNKNOWN);
  return vals;
}

/** `this.starting ??= this.begin()` */
function assignUnless(
  machine: Machine,
  node: TSESTree.AssignmentExpression,
  state: State,
  keeps: (vals: Vals) => boolean | undefined,
  waited: boolean,
): Vals | undefined {
  const held = evaluate(machine, node.left, state);
  if (held === undefined) return undefined;
  const kept = keeps(held);
  if (kept === true) return held;
  const other = copyOf(state);
  const vals = evaluate(machine, node.right, other, waited);
  if (vals !== undefined) store(machine, node.left, node, other, vals);
  const met = meet(machine, kept === false ? undefined : state, vals && other);
  if (met === undefined) return undefined;
  become(state, met);
  return kept === false || vals === undefined ? vals : eitherOf(held, vals);
}

/** Gives a value to a field, a local, or what a pattern names. */
export function store(machine: Machine, target: TSESTree.Node, node: TSESTree.Node, state: State, vals: Vals): void {
  const left = unwrap(target);
  const field = thisMember(left);
  if (field !== undefined) writeField(machine, state, field, node, vals);
  else if (left.type === 'Identifier') state.locals.set(left.name, vals);
  else if (left.type === 'AssignmentPattern') store(machine, left.left, node, state, isFree(vals) ? FREE : UNKNOWN);
  else if (left.type === 'RestElement') store(machine, left.argument, node, state, isFree(vals) ? FREE : UNKNOWN);
  else if (left.type === 'ObjectPattern' || left.type === 'ArrayPattern') {
    const parts = left.type === 'ObjectPattern' ? left.properties : left.elements;
    for (const part of parts) {
      if (part !== null) store(machine, part.type === 'Property' ? part.value : part, node, state, isFree(vals) ? FREE : UNKNOWN);
    }
  }
}

/** `const { timer } = this` */
export function bindFields(machine: Machine, pattern: TSESTree.ObjectPattern, state: State): void {
  for (const part of pattern.properties) {
    const name = part.type === 'Property' ? keyName(part) : undefined;
    if (part.type !== 'Property' || part.value.type !== 'Identifier') store(machine, part.type === 'Property' ? part.value : part, part, state, UNKNOWN);
    else state.locals.set(part.value.name, name === undefined ? UNKNOWN : (state.fields.get(name) ?? machine.initial(name)));
  }
}

function not(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}
