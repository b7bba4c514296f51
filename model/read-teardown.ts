import { contains } from './ast/contains.ts';
import type { Flows } from './races/flows.ts';
import type { Sides } from './read-sides.ts';
import type { ClassFacts, Method, ServiceKind, TeardownFacts, TeardownStep } from './service.ts';
import { type Caught, handlersIn } from './teardown/handlers.ts';
import { hidesFailure } from './teardown/hides-failure.ts';
import { type BareStep, type Piece, stepsOf } from './teardown/piece.ts';
import { readFunction } from './teardown/read-function.ts';
import { MAX_ENTERED } from './teardown/reading.ts';
import { skipsIn, toSteps } from './teardown/skips.ts';
import { isStuckWithout } from './teardown/stuck-state.ts';
import { swallowsCancellation } from './teardown/swallows-cancellation.ts';

interface Context {
  readonly kind: ServiceKind;
  readonly text: string;
}

type Told = ReadonlyMap<BareStep, TeardownStep>;

const NONE: TeardownFacts = Object.freeze({ steps: [], silenced: [], swallowsCancellation: [] });

/** The steps of stop, and which of them are skipped when another fails. */
export function readTeardown(facts: ClassFacts, { stop }: Sides, flows: readonly Flows[], { kind, text }: Context): TeardownFacts {
  if (kind === 'delegate' || kind === 'synchronous') return NONE;
  const effort = { entered: 0 };
  const pieces = stop.methods.map((method) => ({ method, piece: readMethod(facts, method, effort) }));
  if (effort.entered > MAX_ENTERED) return NONE;
  const methods = pieces.map(({ method, piece }) => {
    const bare = stepsOf(piece);
    const told = toSteps(skipsIn(piece), (state, failing) => isStuckWithout(state, failing, flows, bare));
    return { method, told, handlers: handlersIn(piece) };
  });
  return Object.freeze({
    steps: Object.freeze(methods.flatMap(({ told }) => [...told.values()])),
    silenced: Object.freeze(methods.flatMap(({ told, handlers }) => silencedBy(handlers, told, text))),
    swallowsCancellation: Object.freeze(methods.flatMap(({ told, handlers, method }) => swallowedBy(handlers, told, method, facts))),
  });
}

function readMethod(facts: ClassFacts, { name, value }: Method, effort: { entered: number }): Piece {
  const reading = { facts, method: name, statement: value, inside: [], via: [], locals: new Map(), isAwaited: true, isHandler: false, isLate: false, effort };
  return readFunction({ fn: value, method: name }, { node: value, args: [], awaited: true }, reading);
}

function silencedBy(handlers: readonly Caught[], told: Told, text: string): TeardownFacts['silenced'] {
  return handlers.flatMap(({ node, steps }) => {
    const released = releasedOf(steps, told);
    const step = released === undefined || !hidesFailure(node, text) ? undefined : told.get(released);
    return step === undefined ? [] : [Object.freeze({ node, step })];
  });
}

/** A release that rejects; under a helper with a deadline it is the wait for it that does: `await this.#bounded(this.#server.close())`. */
function releasedOf(steps: readonly BareStep[], told: Told): BareStep | undefined {
  const rejecting = steps.filter(({ failure }) => failure === 'rejects');
  const calls = rejecting.flatMap(({ via }) => via);
  return rejecting.find(({ kind }) => kind === 'release') ?? [...told.keys()].find(({ kind, call }) => kind === 'release' && calls.some((helper) => helper !== call && contains(helper, call)));
}

function swallowedBy(handlers: readonly Caught[], told: Told, method: Method, { methods }: ClassFacts): TeardownFacts['swallowsCancellation'] {
  return handlers.flatMap((caught) => {
    const [start, end] = caught.node.range;
    const own = [...methods.values()].find(({ value: { range } }) => range[0] <= start && end <= range[1]) ?? method;
    const swallowed = swallowsCancellation(caught, method.value, own.value);
    const step = swallowed && told.get(swallowed.step);
    return swallowed === undefined || step === undefined ? [] : [Object.freeze({ node: caught.node, step, isDeliberate: swallowed.isDeliberate })];
  });
}
