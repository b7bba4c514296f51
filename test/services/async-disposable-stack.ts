/** Steps that are done in reverse when a stack is disposed of; the part of the native one that services use. */
class StandIn {
  #steps: (() => unknown)[] | undefined = [];

  get disposed(): boolean {
    return this.#steps === undefined;
  }

  defer(step: () => unknown): void {
    this.#held().push(step);
  }

  adopt<Value>(value: Value, step: (value: Value) => unknown): Value {
    this.#held().push(() => step(value));
    return value;
  }

  move(): StandIn {
    const moved = new StandIn();
    moved.#steps = this.#held();
    this.#steps = undefined;
    return moved;
  }

  /** What fails after a first failure suppresses it, as the specification has it. */
  async [Symbol.asyncDispose](): Promise<void> {
    const steps = this.#steps ?? [];
    this.#steps = undefined;
    let failure: { readonly error: unknown } | undefined;
    for (const step of steps.toReversed()) {
      try {
        await step();
      } catch (error) {
        failure = { error: failure === undefined ? error : Object.assign(new Error('suppressed'), { name: 'SuppressedError', error, suppressed: failure.error }) };
      }
    }
    if (failure !== undefined) throw failure.error;
  }

  #held(): (() => unknown)[] {
    if (this.#steps === undefined) throw new ReferenceError('the stack has been disposed of');
    return this.#steps;
  }
}

/** The native stack, where Node has it. */
export const AsyncDisposableStack = (globalThis as { AsyncDisposableStack?: new () => object }).AsyncDisposableStack ?? StandIn;
