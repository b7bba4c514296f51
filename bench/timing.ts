/** Several times of one thing, in milliseconds. */
export class Timing {
  readonly median: number;
  readonly #sorted: readonly number[];

  constructor(times: readonly number[]) {
    this.#sorted = times.toSorted((a, b) => a - b);
    const half = times.length / 2;
    const [low = NaN, high = low] = [this.#sorted[Math.ceil(half) - 1], this.#sorted[Math.floor(half)]];
    this.median = (low + high) / 2;
  }

  get range(): string {
    return `${asMilliseconds(this.#sorted[0] ?? NaN)} to ${asMilliseconds(this.#sorted.at(-1) ?? NaN)}, ${this.#sorted.length} runs`;
  }
}

export function asMilliseconds(time: number): string {
  return `${time.toFixed(time < 10 ? 1 : 0)} ms`;
}

export function asRatio(ratio: number): string {
  return `${ratio.toFixed(ratio < 10 ? 2 : 0)} ×`;
}
