import type { Fact, TeardownStep } from '../service.ts';
import { type BareStep, type End, endOf, partsOf, type Piece } from './piece.ts';

/** A piece on the way down to a step, and the part of it that the way goes through. */
interface Way {
  readonly piece: Piece;
  readonly part: number;
}

interface Leaf {
  readonly step: BareStep;
  readonly ways: readonly Way[];
}

const BLOCK = 0;

/** A step with what it skips for sure, and whether it may skip more than that. */
export interface Skipper {
  readonly step: BareStep;
  readonly skips: readonly BareStep[];
  readonly isolated: Fact;
  readonly isRepeated: boolean;
  readonly caught: TeardownStep['caught'];
}

/** For every step which later ones are skipped when it fails. */
export function skipsIn(piece: Piece): readonly Skipper[] {
  const leaves = leavesOf(piece, []);
  return leaves.map((leaf, index) => {
    const facts = leaf.step.failure === 'none' ? [] : leaves.map((other, at) => ({ step: other.step, skipped: at < index ? 'no' : isSkipped(leaf, other) }) as const);
    const skips = facts.filter(({ skipped }) => skipped === 'yes').map(({ step }) => step);
    const isUnsure = facts.some(({ skipped }) => skipped === 'unknown');
    const isolated = skips.length > 0 ? 'no' : isUnsure ? 'unknown' : 'yes';
    return { step: leaf.step, skips, isolated, isRepeated: afterList(leaf) !== undefined, caught: caughtBy(leaf) };
  });
}

function caughtBy({ ways }: Leaf): TeardownStep['caught'] {
  const at = ways.findLastIndex(({ piece, part }) => piece.kind === 'try' && part === BLOCK && piece.handler?.end === 'none');
  const piece = ways[at]?.piece;
  if (piece?.kind !== 'try' || piece.handler === undefined) return undefined;
  return { node: piece.handler.node, depth: ways.slice(0, at).filter((way) => way.piece.kind === 'call').length - 1 };
}

/** The steps as they are told. Of the `state` steps only those are kept that another skips for certain harm. */
export function toSteps(skippers: readonly Skipper[], isStuck: (state: BareStep, failing: BareStep) => boolean): ReadonlyMap<BareStep, TeardownStep> {
  const told = new Map(skippers.map(({ step, skips: _skips, ...facts }) => [step, { ...bare(step), ...facts, skips: [] as TeardownStep[] }] as const));
  const kept = new Set<TeardownStep>();
  for (const { step, skips } of skippers) {
    const lost = skips.filter((skipped) => skipped.kind !== 'state' || isStuck(skipped, step)).flatMap((skipped) => told.get(skipped) ?? []);
    told.get(step)?.skips.push(...lost);
    for (const state of lost) kept.add(state);
  }
  return new Map([...told].filter(([{ kind }, step]) => kind !== 'state' || kept.has(step)).map(([bareStep, step]) => [bareStep, Object.freeze(step)]));
}

function bare({ writes: _writes, binds: _binds, uses: _uses, ...step }: BareStep): Omit<BareStep, 'binds' | 'uses' | 'writes'> {
  return step;
}

function leavesOf(piece: Piece, ways: readonly Way[]): readonly Leaf[] {
  if (piece.kind === 'step') return [{ step: piece.step, ways }];
  return partsOf(piece).flatMap((part, index) => leavesOf(part, [...ways, { piece, part: index }]));
}

/** Whether the later leaf would run after the earlier one, but does not when that fails. */
function isSkipped(earlier: Leaf, later: Leaf): Fact {
  const inner = earlier === later ? afterList(earlier) : afterFork(earlier, later);
  if (inner === undefined || !comesOut(inner) || needs(later.step, earlier.step)) return 'no';
  // What a function throws on purpose is no failure of its own, but one of its caller's steps.
  if (earlier.step.call.type === 'ThrowStatement' && !inner.some(({ piece }) => piece.kind === 'call')) return 'no';
  return goesOut(inner);
}

/** Whether a step works on what another gives. */
function needs({ uses }: BareStep, { binds = [] }: BareStep): boolean {
  return binds.some((name) => uses.has(name));
}

/** The way from the innermost loop over a list down to a step in it, whose other rounds are skipped when it fails. */
function afterList({ ways }: Leaf): readonly Way[] | undefined {
  const list = ways.findLastIndex(({ piece }) => piece.kind === 'loop' && piece.isList);
  return list === -1 ? undefined : ways.slice(list + 1);
}

/** The way down to the earlier of two steps from where they part, if that is a sequence. */
function afterFork(earlier: Leaf, later: Leaf): readonly Way[] | undefined {
  const fork = earlier.ways.findIndex(({ part }, depth) => later.ways[depth]?.part !== part);
  return earlier.ways[fork]?.piece.kind === 'sequence' ? earlier.ways.slice(fork + 1) : undefined;
}

/** Whether control can come out at the end of the pieces that a step stands in, once it has succeeded. */
function comesOut(ways: readonly Way[]): boolean {
  for (let depth = ways.length - 1; depth >= 0; depth--) {
    const { piece, part } = ways[depth] ?? {};
    if (piece?.kind !== 'sequence') continue;
    const end = endOf({ kind: 'sequence', parts: piece.parts.slice((part ?? 0) + 1) });
    if (end === 'none' || end === 'unknown') continue;
    depth = stopOf(end, ways.slice(0, depth));
    if (depth === -1) return false;
  }
  return true;
}

/** Whether a failure comes out of the pieces that the step stands in. */
function goesOut(ways: readonly Way[]): Fact {
  let certain: Fact = 'yes';
  for (let depth = ways.length - 1; depth >= 0; depth--) {
    const { piece, part } = ways[depth] ?? {};
    if (piece?.kind !== 'try' || part !== BLOCK || piece.handler === undefined) continue;
    const { end } = piece.handler;
    if (end === 'none') return 'no';
    if (end === 'unknown') certain = 'unknown';
    if (end === 'return' || end === 'break') return stopOf(end, ways.slice(0, depth)) === -1 ? certain : 'no';
  }
  return certain;
}

/** The innermost of the pieces that an exit leaves no more than. */
function stopOf(end: End, ways: readonly Way[]): number {
  return ways.findLastIndex(({ piece }) => (end === 'return' && piece.kind === 'call') || (end === 'break' && piece.kind === 'loop'));
}
