import type { Change, State, StateName, States } from '../../model/states.ts';
import type { ExplainedChange, ExplainedState } from './explanation.ts';
import type { PlaceOf } from './place.ts';
import { EVENTS } from './words.ts';

export function explainStates({ states, changes }: States, placeOf: PlaceOf): { readonly states: readonly ExplainedState[]; readonly changes: readonly ExplainedChange[] } {
  return {
    states: states.map(({ name, isPresent }) => ({ state: name, present: isPresent, why: whyState({ name, isPresent }) })),
    changes: changes.map((change) => ({ from: change.from, to: change.to, on: change.on, present: change.isPresent, why: whyChange(change, placeOf) })),
  };
}

const STATES: Readonly<Record<Exclude<StateName, 'poisoned'>, string>> = {
  new: 'it has not been started yet',
  starting: 'its start waits',
  running: 'its start has ended',
  stopping: 'its stop waits',
  stopped: 'its stop has ended',
};

function whyState({ name, isPresent }: State): string {
  if (name !== 'poisoned') return STATES[name];
  if (isPresent === 'yes') return 'a stop timed out, and no start goes ahead any more';
  return isPresent === 'no' ? 'missing: a stop that hangs or times out is not remembered' : 'whether a stop that timed out is remembered cannot be told';
}

function whyChange({ from, on, isPresent, race, node, lacks }: Change, placeOf: PlaceOf): string {
  const at = node === undefined ? '' : ` (line ${String(placeOf(node).line)})`;
  if (race !== undefined) return `missing: ${race}${at}`;
  const isEarly = (from === 'starting' || from === 'stopping') && (on === 'start' || on === 'stop');
  if (isEarly) return isPresent === 'yes' ? 'it is waited for, joined, turned away or does no harm' : 'what it does then cannot be told';
  if (on === 'failure') return isPresent === 'yes' ? 'what it had by then is given back' : isPresent === 'no' ? `missing: something is left behind${at}` : 'nothing was seen that would be left behind, or it cannot be told';
  if (on === 'timeout') return isPresent === 'yes' ? 'no start goes ahead after it' : isPresent === 'no' ? `missing: ${lacks === 'deadline' ? 'nothing ends the wait' : 'nothing keeps a start from going ahead after it'}${at}` : 'what happens then cannot be told';
  return isPresent === 'unknown' ? 'whether it can be started again cannot be told' : `on ${EVENTS[on]}`;
}
