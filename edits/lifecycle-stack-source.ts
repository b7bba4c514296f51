const TYPESCRIPT = `/** Stands in for the AsyncDisposableStack of Node 24; not needed any more where nothing older has to run this. */
export class AsyncDisposableStack implements AsyncDisposable {
  #steps: (() => unknown)[] | undefined = [];

  get disposed(): boolean {
    return this.#steps === undefined;
  }

  get [Symbol.toStringTag](): string {
    return 'AsyncDisposableStack';
  }

  /** What has been given to it; throws where it is disposed of. */
  get #open(): (() => unknown)[] {
    if (this.#steps === undefined) throw new ReferenceError('The stack is disposed of already');
    return this.#steps;
  }

  use<Value extends AsyncDisposable | Disposable | null | undefined>(value: Value): Value {
    const steps = this.#open;
    if (value === null || value === undefined) return value;
    const { [Symbol.asyncDispose]: later, [Symbol.dispose]: now }: Partial<AsyncDisposable & Disposable> = value;
    const dispose = later ?? now;
    if (typeof dispose !== 'function') throw new TypeError('The value has neither [Symbol.asyncDispose] nor [Symbol.dispose]');
    steps.push(() => {
      const done: unknown = dispose.call(value);
      return dispose === later ? done : undefined;
    });
    return value;
  }

  adopt<Value>(value: Value, onDispose: (value: Value) => PromiseLike<void> | void): Value {
    const steps = this.#open;
    if (typeof onDispose !== 'function') throw new TypeError('What disposes of the value is no function');
    steps.push(() => onDispose(value));
    return value;
  }

  defer(onDispose: () => PromiseLike<void> | void): void {
    const steps = this.#open;
    if (typeof onDispose !== 'function') throw new TypeError('What is deferred is no function');
    steps.push(() => onDispose());
  }

  move(): AsyncDisposableStack {
    const moved = new AsyncDisposableStack();
    moved.#steps = this.#open;
    this.#steps = undefined;
    return moved;
  }

  /** Does all steps, the last first. An error that comes after another one holds that as \`suppressed\`. */
  async disposeAsync(): Promise<void> {
    const steps = this.#steps ?? [];
    this.#steps = undefined;
    let failure: { readonly error: unknown } | undefined;
    for (const step of steps.reverse()) {
      try {
        await step();
      } catch (error) {
        failure = { error: failure === undefined ? error : suppress(error, failure.error) };
      }
    }
    if (failure !== undefined) throw failure.error;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.disposeAsync();
  }
}

function suppress(error: unknown, suppressed: unknown): Error {
  const message = 'An error was suppressed during disposal';
  const native: { Error: unknown; SuppressedError?: new (error: unknown, suppressed: unknown, message: string) => Error } = globalThis;
  if (native.SuppressedError !== undefined) return new native.SuppressedError(error, suppressed, message);
  return Object.assign(new Error(message), { name: 'SuppressedError', error, suppressed });
}
`;

/** What only TypeScript understands, and what tells the same in plain JavaScript. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/export class AsyncDisposableStack implements AsyncDisposable/, 'export class AsyncDisposableStack'],
  [/ {2}#steps: .* = \[\];/, '  /** @type {(() => unknown)[] | undefined} */\n  #steps = [];'],
  [/ {2}use<(Value) extends (.*)>\(value: Value\): Value/, '  /**\n   * @template {$2} $1\n   * @param {$1} value\n   * @returns {$1}\n   */\n  use(value)'],
  [/( +)(const \{.*\}): (Partial<.*>) = value;/, '$1/** @type {$3} */\n$1$2 = value;'],
  [/const done: unknown/, '/** @type {unknown} */\n      const done'],
  [/ {2}adopt<Value>\(value: Value, onDispose: (.*)\): Value/, '  /**\n   * @template Value\n   * @param {Value} value\n   * @param {$1} onDispose\n   * @returns {Value}\n   */\n  adopt(value, onDispose)'],
  [/ {2}defer\(onDispose: (.*)\): void/, '  /** @param {$1} onDispose */\n  defer(onDispose)'],
  [/let failure: (.*);/, '/** @type {$1} */\n    let failure;'],
  [/function suppress\(.*\): Error/, '/**\n * @param {unknown} error\n * @param {unknown} suppressed\n */\nfunction suppress(error, suppressed)'],
  [/( +)const native: (.*) = globalThis;/, '$1/** @type {$2} */\n$1const native = globalThis;'],
  [/(?<=\)): (?:AsyncDisposableStack|boolean|string|Promise<void>|\(\(\) => unknown\)\[\])(?= \{)/g, ''],
];

/** The stack that goes beside the sources where Node has none, in the language and module system that the file's name tells. */
export function lifecycleStackSource(fileName: string, module: 'commonjs' | 'esm' = fileName.endsWith('.cjs') ? 'commonjs' : 'esm'): string {
  if (/\.[cm]?ts$/.test(fileName)) return TYPESCRIPT;
  const plain = PLAIN.reduce((text, [from, to]) => text.replace(from, to), TYPESCRIPT);
  if (module === 'esm') return plain;
  return `'use strict';\n\n${plain.replace('export class', 'class')}\nmodule.exports = { AsyncDisposableStack };\n`;
}
