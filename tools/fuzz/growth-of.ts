import { type Clock, cpuTime } from './cpu-time.ts';

/** Makes what is worked on, anew, so that nothing is kept from the last time; what it gives is measured. */
export type Work = (size: number) => () => void;

export interface Costs {
  readonly sizes: readonly number[];
  /** In ms, the least of several measurements for each size. */
  readonly costs: readonly number[];
}

export interface Growth extends Costs {
  /** The slope of log cost on log size at the largest sizes: 1 for n, somewhat more for n·log n, 2 for n². */
  readonly exponent: number;
  readonly isSteep: boolean;
}

/** Below this many ms at the usual size, nobody notices. */
const UNNOTICED = 4;
/** Two thirds of the cost at the largest size are then quadratic. */
const STEEP = 1.5;
/** Below this slope there is no doubt, either: less than a third is then quadratic. */
const FLAT = 1.2;
/** A slope that ends below so many ms may still be noise, or the caches of the processor. */
const ENOUGH = 200;
/** Where it still cannot be told, more is asked for, but not more than this. */
const PATIENCE = 1000;

/** Whether costs, roughly measured at two sizes, ask for a second look. */
export function isSuspicious(costs: Costs): boolean {
  return (costs.costs.at(-1) ?? 0) >= UNNOTICED && exponentOf(costs) > FLAT;
}

/** The rough costs of what is let go. */
export function asGlanced(costs: Costs): Growth {
  return { ...costs, exponent: exponentOf(costs), isSteep: false };
}

/**
 * How the cost of work grows from one size to at most another: measured four times each at doubled sizes, until it takes so long that its slope
 * means something. Noise may so cost time, but makes nothing steep; and what is quadratic shows it in the end.
 */
export function growthOf(work: Work, from: number, most: number, clock?: Clock): Growth {
  const sizes: number[] = [];
  const costs: number[] = [];
  for (let size = from; size <= most; size *= 2) {
    sizes.push(size);
    costs.push(leastCost(() => work(size), 4, clock));
    if (sizes.length > 2 && isTold(costs.at(-1) ?? 0, exponentOf({ sizes, costs }))) break;
  }
  const exponent = exponentOf({ sizes, costs });
  return { sizes, costs, exponent, isSteep: exponent > STEEP && (costs.at(-1) ?? 0) > ENOUGH / 4 };
}

/** Of several measurements, each of work made anew. */
export function leastCost(prepare: () => () => void, times: number, clock?: Clock): number {
  return Math.min(...Array.from({ length: times }, () => cpuTime(prepare(), clock)));
}

/** Linear where it costs something, or certain. */
function isTold(cost: number, exponent: number): boolean {
  if (exponent < FLAT) return cost > ENOUGH / 8;
  return cost > PATIENCE || (cost > ENOUGH && exponent > STEEP);
}

/** By least squares, of the three largest sizes. */
function exponentOf({ sizes, costs }: Costs): number {
  const points = sizes.map((size, index) => [Math.log(size), Math.log(Math.max(costs[index] ?? 0, 0.01))] as const).slice(-3);
  const mean = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0) / list.length;
  const [middle, level] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const sum = (of: (x: number, y: number) => number): number => points.reduce((total, [x, y]) => total + of(x - middle, y - level), 0);
  return sum((x, y) => x * y) / sum((x) => x * x);
}
