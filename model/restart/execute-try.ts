import type { TSESTree } from '@typescript-eslint/utils';
import { store } from './assign.ts';
import { executeBlock } from './execute.ts';
import { type Exits, type Machine, meetAll, newExits } from './machine.ts';
import { CAUGHT, type State, UNKNOWN } from './state.ts';

export function executeTry(machine: Machine, node: TSESTree.TryStatement, state: State, isLast: boolean): State | undefined {
  const { handler, finalizer } = node;
  const outer = machine.exits;
  machine.exits = newExits();
  let end = executeBlock(machine, node.block.body, state, isLast);
  if (handler !== null) end = handle(machine, handler, end, isLast);
  const inner = machine.exits;
  machine.exits = outer;
  outer.halted.push(...inner.halted);
  if (finalizer !== null) return finish(machine, (one) => executeBlock(machine, finalizer.body, one, false), inner, end);
  outer.thrown.push(...inner.thrown);
  outer.returned.push(...inner.returned);
  outer.broken.push(...inner.broken);
  return end;
}

function handle(machine: Machine, handler: TSESTree.CatchClause, end: State | undefined, isLast: boolean): State | undefined {
  const thrown = machine.exits.thrown.splice(0);
  const caught = meetAll(machine, thrown);
  if (caught === undefined) return end;
  if (caught.raised) machine.handlers.push(handler);
  if (handler.param !== null) store(machine, handler.param, handler, caught, caught.raised && handler.param.type === 'Identifier' ? CAUGHT : UNKNOWN);
  const handled = executeBlock(machine, handler.body.body, caught, isLast);
  return meetAll(machine, [end, handled].filter((one) => one !== undefined));
}

/** What is at the end runs whichever way the rest is left. */
export function finish(machine: Machine, atEnd: (state: State) => State | undefined, { thrown, returned, broken }: Exits, end: State | undefined): State | undefined {
  // To give back the lock is no start.
  const run = (state: State): State | undefined => {
    const { acted, late } = state;
    const after = atEnd(state);
    return after && Object.assign(after, { acted, late });
  };
  for (const one of thrown) {
    const after = run(one);
    if (after !== undefined) machine.exits.thrown.push(after);
  }
  for (const one of returned) {
    const after = run(one.state);
    if (after !== undefined) machine.exits.returned.push({ ...one, state: after });
  }
  for (const one of broken) {
    const after = run(one);
    if (after !== undefined) machine.exits.broken.push(after);
  }
  return end === undefined ? undefined : run(end);
}
