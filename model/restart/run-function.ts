import type { FunctionNode } from '../service.ts';
import { store } from './assign.ts';
import { evaluate } from './evaluate.ts';
import { executeBlock } from './execute.ts';
import { become, type Machine, meetAll, newExits, type Returned } from './machine.ts';
import { copyOf, eitherOf, FREE, type State, UNDEFINED, UNKNOWN, type Vals } from './state.ts';

const MAX_DEPTH = 8;
const MAX_ENTERED = 300;

/**
 * Runs a function in place of its call and gives what it returns; for an async one, its promise. Undefined where it never comes back.
 */
export function runFunction(machine: Machine, fn: FunctionNode, name: string, args: readonly Vals[], state: State): Vals | undefined {
  if (machine.stack.includes(name) || fn.generator) return UNKNOWN;
  if (machine.stack.length >= MAX_DEPTH || machine.entered >= MAX_ENTERED) {
    machine.cut = true;
    return UNKNOWN;
  }
  machine.entered++;
  machine.stack.push(name);
  const outer = machine.exits;
  machine.exits = newExits();
  const isClosure = name.startsWith('=>');
  const locals = new Map(state.locals);
  if (!isClosure) state.locals = new Map();
  for (const [index, param] of fn.params.entries()) store(machine, param, param, state, args[index] ?? FREE);
  const returned = runBody(machine, fn, state);
  const inner = machine.exits;
  machine.exits = outer;
  machine.stack.pop();
  const ends = [...returned.map((one) => one.state), ...inner.thrown, ...inner.halted];
  if (!isClosure) for (const end of ends) end.locals = new Map(locals);
  outer.halted.push(...inner.halted);
  return leave(machine, fn, returned, inner.thrown, state);
}

/** The ways in which the body of a function returns. */
export function runBody(machine: Machine, { body }: FunctionNode, state: State): readonly Returned[] {
  if (body.type !== 'BlockStatement') {
    const vals = evaluate(machine, body, state, true);
    return vals === undefined ? [] : [{ state: copyOf(state), vals, isLast: true }];
  }
  const end = executeBlock(machine, body.body, state, true);
  const { returned } = machine.exits;
  return end === undefined ? returned : [...returned, { state: copyOf(end), vals: UNDEFINED, isLast: true }];
}

function leave(machine: Machine, fn: FunctionNode, returned: readonly Returned[], thrown: readonly State[], state: State): Vals | undefined {
  const isRejected = ({ vals }: Returned): boolean => fn.async && vals.some((val) => val.kind === 'promise' && val.rejects);
  const kept = meetAll(
    machine,
    returned.filter((one) => !isRejected(one)).map((one) => one.state),
  );
  const broken = meetAll(machine, [...thrown, ...returned.filter(isRejected).map((one) => one.state)]);
  const isKept = kept !== undefined && !(broken?.raised === true && !kept.raised);
  const isBroken = broken !== undefined && !(kept?.raised === true && !broken.raised);
  if (isBroken && (isKept || !fn.async)) machine.exits.thrown.push(broken);
  if (isKept) {
    become(state, kept);
    if (fn.async) return [{ kind: 'promise', rejects: false }];
    return returned.map(({ vals }) => vals).reduce(eitherOf);
  }
  if (!isBroken || !fn.async) return undefined;
  become(state, broken);
  return [{ kind: 'promise', rejects: true }];
}
