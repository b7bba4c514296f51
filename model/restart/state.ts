import type { TSESTree } from '@typescript-eslint/utils';
import { isTruthyKey } from '../ast/constant-key.ts';
import type { FunctionNode } from '../service.ts';
import { copyOfTrace, joinTraces, type Trace } from './trace.ts';

/**
 * What an expression may be, as far as a test in start can tell:
 * - `object` is something newly made: truthy, and equal to nothing known
 * - `caught` is the error that a drain was ended with
 * - `outcome` is what a drain gives back that resolves when its time is up
 * - `promise` is what an async function gives back, after everything it does
 * - `other` is unknown; `free` where it does not depend on what the service did before (arguments, configuration)
 */
export type Val =
  | { readonly kind: 'caught' | 'object' | 'outcome' }
  | { readonly kind: 'constant'; readonly key: string; readonly truthy: boolean }
  | { readonly kind: 'function'; readonly node: FunctionNode }
  | { readonly kind: 'other'; readonly free: boolean }
  | { readonly kind: 'promise'; readonly rejects: boolean };

/** All that a field or a local may hold. */
export type Vals = readonly Val[];

const MOST = 6;

export const OBJECT: Vals = [{ kind: 'object' }];
export const CAUGHT: Vals = [{ kind: 'caught' }];
export const OUTCOME: Vals = [{ kind: 'outcome' }];
export const FREE: Vals = [{ kind: 'other', free: true }];
export const UNKNOWN: Vals = [{ kind: 'other', free: false }];
export const UNDEFINED = constant('undefined');

export function constant(key: string): Vals {
  return [{ kind: 'constant', key, truthy: isTruthyKey(key) }];
}

export function eitherOf(first: Vals, second: Vals): Vals {
  const all = [...first];
  for (const val of second) if (!all.some((known) => isSame(known, val))) all.push(val);
  return all.length > MOST ? UNKNOWN : all;
}

export function isSame(first: Val, second: Val): boolean {
  if (first.kind === 'constant' && second.kind === 'constant') return first.key === second.key;
  if (first.kind === 'other' && second.kind === 'other') return first.free === second.free;
  if (first.kind === 'promise' && second.kind === 'promise') return first.rejects === second.rejects;
  if (first.kind === 'function' && second.kind === 'function') return first.node === second.node;
  return first.kind === second.kind;
}

/** Whether it is truthy: `true`, `false`, or undefined where that cannot be told. */
export function truthOf(vals: Vals): boolean | undefined {
  const [first, ...others] = vals.map(truthOfOne);
  return others.every((other) => other === first) ? first : undefined;
}

function truthOfOne(val: Val): boolean | undefined {
  if (val.kind === 'constant') return val.truthy;
  return val.kind === 'other' || val.kind === 'outcome' ? undefined : true;
}

/** Whether it is neither null nor undefined; undefined where that cannot be told. */
export function isPresent(vals: Vals): boolean | undefined {
  const [first, ...others] = vals.map((val) => {
    if (val.kind === 'other' || val.kind === 'outcome') return undefined;
    return !(val.kind === 'constant' && (val.key === 'undefined' || val.key === 'null'));
  });
  return others.every((other) => other === first) ? first : undefined;
}

/** Whether it does not depend on what the service did before. Of several constants, that decides which. */
export function isFree(vals: Vals): boolean {
  const [only, ...others] = vals;
  return others.length === 0 && only?.kind !== 'outcome' && (only?.kind !== 'other' || only.free);
}

/** What is known at one point of a run. Changed in place along a path, copied where paths part. */
export interface State {
  fields: Map<string, Vals>;
  locals: Map<string, Vals>;
  /** The drain at issue has been ended: by its deadline, or by an error. */
  raised: boolean;
  /** Something has been begun or made. */
  acted: boolean;
  /** Something other than the lock, or a promise kept in a field, has been waited for. */
  late: boolean;
  /** Something out of sight may have turned the caller away. */
  unclear: boolean;
  /** The test by which the caller was turned away. */
  refusal: TSESTree.Node | undefined;
  /** What was called on the way, where a run is to tell. */
  trace: Trace | undefined;
}

export function newState(fields: ReadonlyMap<string, Vals> = new Map(), trace?: Trace): State {
  return { fields: new Map(fields), locals: new Map(), raised: false, acted: false, late: false, unclear: false, refusal: undefined, trace };
}

export function copyOf(state: State): State {
  return { ...state, fields: new Map(state.fields), locals: new Map(state.locals), trace: state.trace && copyOfTrace(state.trace) };
}

/** Two paths that meet again. Only that which went through the drain's end counts, where one did. */
export function join(first: State | undefined, second: State | undefined, initial: (field: string) => Vals): State | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  if (first.raised !== second.raised) return first.raised ? first : second;
  const joined: State = {
    fields: joinMaps(first.fields, second.fields, initial),
    locals: joinMaps(first.locals, second.locals, () => UNDEFINED),
    raised: first.raised,
    acted: first.acted || second.acted,
    late: first.late || second.late,
    unclear: first.unclear || second.unclear,
    refusal: first.refusal ?? second.refusal,
    trace: first.trace && second.trace && joinTraces(first.trace, second.trace),
  };
  return joined;
}

function joinMaps(first: ReadonlyMap<string, Vals>, second: ReadonlyMap<string, Vals>, initial: (name: string) => Vals): Map<string, Vals> {
  const joined = new Map<string, Vals>();
  for (const name of new Set([...first.keys(), ...second.keys()])) {
    joined.set(name, eitherOf(first.get(name) ?? initial(name), second.get(name) ?? initial(name)));
  }
  return joined;
}
