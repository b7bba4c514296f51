import type { TSESTree } from '@typescript-eslint/utils';
import type { Value } from '../flow/step.ts';
import type { TeardownStep } from '../service.ts';

/** A step before it is known what it skips. */
export type BareStep = Omit<TeardownStep, 'caught' | 'isRepeated' | 'isolated' | 'skips'> & {
  /** The constant that a `state` step gives to a field. */
  readonly writes?: { readonly field: string; readonly value: Value };
  /** The locals that its result is put into: what uses them cannot run without it. */
  readonly binds?: readonly string[];
  readonly uses: ReadonlySet<string>;
};

/** How control leaves a piece: `none` where it comes out at its end, `unknown` where it may and may not. */
export type End = 'break' | 'none' | 'return' | 'throw' | 'unknown';

export interface Handler {
  /** The clause, what is handed to `.catch(…)`, or a call that nobody waits for. */
  readonly node: TSESTree.Node;
  readonly body: Piece;
  readonly end: End;
}

/** What stop does, as far as it matters which part runs when another fails. Parts stand in the order of evaluation. */
export type Piece =
  | { readonly kind: 'exit'; readonly end: 'break' | 'return' | 'throw' }
  | { readonly kind: 'step'; readonly step: BareStep }
  | { readonly kind: 'all' | 'branch' | 'sequence'; readonly parts: readonly Piece[] }
  /** `isList`: it goes through a list, and what fails in one round skips the other rounds. */
  | { readonly kind: 'loop'; readonly body: Piece; readonly isList: boolean }
  /** A function read in place: a `return` in it leaves no more than itself. */
  | { readonly kind: 'call'; readonly body: Piece }
  | {
      readonly kind: 'try';
      readonly block: Piece;
      readonly handler: Handler | undefined;
      readonly finalizer: Piece | undefined;
    };

export const NOTHING: Piece = Object.freeze({ kind: 'sequence', parts: [] });

export function sequence(parts: readonly Piece[]): Piece {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: 'sequence', parts };
}

/** A piece whose failures reach nobody who is waiting; `node` is the call that keeps them. */
export function contained(block: Piece, node: TSESTree.Node): Piece {
  return { kind: 'try', block, handler: { node, body: NOTHING, end: 'none' }, finalizer: undefined };
}

/** The pieces that a piece is made of. */
export function partsOf(piece: Piece): readonly Piece[] {
  switch (piece.kind) {
    case 'exit':
    case 'step':
      return [];
    case 'call':
    case 'loop':
      return [piece.body];
    case 'try':
      return [piece.block, piece.handler?.body ?? NOTHING, piece.finalizer ?? NOTHING];
    default:
      return piece.parts;
  }
}

/** Every step of a piece, in its order. */
export function stepsOf(piece: Piece): readonly BareStep[] {
  return piece.kind === 'step' ? [piece.step] : partsOf(piece).flatMap(stepsOf);
}

/** The steps whose failure may come out of a piece. */
export function escapingSteps(piece: Piece): readonly BareStep[] {
  switch (piece.kind) {
    case 'exit':
      return [];
    case 'step':
      return piece.step.failure === 'none' ? [] : [piece.step];
    case 'call':
    case 'loop':
      return escapingSteps(piece.body);
    case 'try': {
      const { block, handler, finalizer } = piece;
      const passes = handler === undefined || handler.end === 'throw' || handler.end === 'unknown';
      return [passes ? block : NOTHING, handler?.body ?? NOTHING, finalizer ?? NOTHING].flatMap(escapingSteps);
    }
    default:
      return piece.parts.flatMap(escapingSteps);
  }
}

/** The same piece with other steps. */
export function mapSteps(piece: Piece, change: (step: BareStep) => BareStep): Piece {
  const map = (part: Piece): Piece => mapSteps(part, change);
  switch (piece.kind) {
    case 'exit':
      return piece;
    case 'step':
      return { kind: 'step', step: change(piece.step) };
    case 'call':
    case 'loop':
      return { ...piece, body: map(piece.body) };
    case 'try': {
      const { block, handler, finalizer } = piece;
      return { kind: 'try', block: map(block), handler: handler && { ...handler, body: map(handler.body) }, finalizer: finalizer && map(finalizer) };
    }
    default:
      return { ...piece, parts: piece.parts.map(map) };
  }
}

/** How a piece always ends. */
export function endOf(piece: Piece): End {
  switch (piece.kind) {
    case 'exit':
      return piece.end;
    case 'sequence':
      return endOfSequence(piece.parts.map(endOf));
    case 'branch':
      return endOfBranch(piece.parts.map(endOf));
    case 'call':
      return endOf(piece.body) === 'throw' ? 'throw' : 'none';
    case 'try':
      return endOfTry(piece);
    default:
      return 'none';
  }
}

function endOfSequence(ends: readonly End[]): End {
  return ends.find((end) => end !== 'none' && end !== 'unknown') ?? (ends.includes('unknown') ? 'unknown' : 'none');
}

function endOfBranch(ends: readonly End[]): End {
  const [first = 'none'] = ends;
  if (ends.every((end) => end === 'none')) return 'none';
  return ends.includes('none') || ends.includes('unknown') ? 'unknown' : first;
}

function endOfTry({ block, handler, finalizer }: Extract<Piece, { kind: 'try' }>): End {
  const last = finalizer === undefined ? 'none' : endOf(finalizer);
  if (last !== 'none' && last !== 'unknown') return last;
  const end = endOf(block);
  if (end === 'none' || handler === undefined) return end;
  return handler.end === 'none' ? 'unknown' : end;
}
