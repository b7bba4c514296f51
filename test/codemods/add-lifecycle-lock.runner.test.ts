import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import addLifecycleLock from '../../codemods/add-lifecycle-lock.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';

/** stop() as the codemod leaves it, or why it leaves the class. */
function stopOf(text: string): string {
  const { text: output, services } = runCodemods([addLifecycleLock], { fileName: 'a.ts', text });
  const left = services.flatMap(({ left: reasons }) => reasons.map(({ why }) => why));
  return left.join('\n') || (/ {2}async stop\(\)[^]*?\n {2}\}/.exec(output)?.[0] ?? output);
}

const runner = ({ stop, start = '', more = '' }: { stop: string; start?: string; more?: string }): string => dedent`
  export class Runner {
    #running = false;
    #abort?: AbortController;
    #ended?: Promise<void>;
    #other?: Promise<void>;
    async start(): Promise<void> {
      if (this.#running) throw new Error('is running');
      this.#running = true;
      this.#abort = new AbortController();
      this.#ended = this.#loop(this.#abort.signal);${start}
      try {
        await this.#ended;
      } finally {
        this.#running = false;
      }
    }
    async stop(): Promise<void> {
      ${stop.replaceAll('\n', '\n      ')}
    }
    async #loop(signal: AbortSignal): Promise<void> {
      while (!signal.aborted) await turn();
    }${more}
  }
`;

/** The lines of stop(), as its body. */
const stopping = (...lines: readonly string[]): string => ['  async stop(): Promise<void> {', ...lines.map((line) => `    ${line}`), '  }'].join('\n');

describe('what the stop of an in-place runner waits for', () => {
  test('is read under the lock, before a next start() can put another in its place', () => {
    expect(stopOf(runner({ stop: 'this.#abort?.abort();\nif (this.#ended !== undefined) await this.#ended;' }))).toBe(
      stopping(
        'const { ended } = await this.#lifecycleLock.runExclusive(() => {',
        '  this.#abort?.abort();',
        '  return { ended: this.#ended };',
        '});',
        'if (ended !== undefined) await ended;',
      ),
    );
  });

  test('is handed out beside the answer whether to go on', () => {
    expect(stopOf(runner({ stop: 'if (!this.#running) return;\nthis.#abort?.abort();\nawait this.#ended?.catch(() => log(this.#ended));' }))).toBe(
      stopping(
        'const stopping = await this.#lifecycleLock.runExclusive(() => {',
        '  if (!this.#running) return undefined;',
        '  this.#abort?.abort();',
        '  return { ended: this.#ended };',
        '});',
        'if (stopping === undefined) return;',
        'const { ended } = stopping;',
        'await ended?.catch(() => log(ended));',
      ),
    );
  });

  test('may be several things, under names that are free in stop()', () => {
    const start = '\n    this.#other = this.#loop(this.#abort.signal);';
    expect(stopOf(runner({ start, stop: 'this.#abort?.abort();\nawait Promise.all([this.#ended, this.#other]).then((ended) => log(ended.other));' }))).toBe(
      stopping(
        'const { ended2, other } = await this.#lifecycleLock.runExclusive(() => {',
        '  this.#abort?.abort();',
        '  return { ended2: this.#ended, other: this.#other };',
        '});',
        'await Promise.all([ended2, other]).then((ended) => log(ended.other));',
      ),
    );
  });

  test('is read under a hold that ends too late as well', () => {
    const text = dedent`
      import { Mutex } from 'async-mutex';
      export class Runner {
        readonly #mutex = new Mutex();
        #running = false;
        #ended?: Promise<void>;
        async start(): Promise<void> {
          await this.#mutex.runExclusive(async () => {
            this.#running = true;
            this.#ended = this.#loop();
            await this.#ended;
          });
        }
        async stop(): Promise<void> {
          return this.#mutex.runExclusive(async () => {
            this.#running = false;
            await this.#ended;
          });
        }
        async #loop(): Promise<void> {
          while (this.#running) await turn();
        }
      }
    `;
    expect(stopOf(text)).toBe(
      stopping(
        'const { ended } = await this.#mutex.runExclusive(() => {',
        '  this.#running = false;',
        '  return { ended: this.#ended };',
        '});',
        'await ended;',
      ),
    );
  });

  test('is read again and again where a loop looks for a change', () => {
    const stop = 'this.#abort?.abort();\nwhile (this.#ended !== undefined) await Promise.race([this.#ended, pause()]);';
    expect(stopOf(runner({ stop }))).toContain('});\n    while (this.#ended !== undefined) await Promise.race([this.#ended, pause()]);');
  });

  test('keeps its field where that never changes', () => {
    const text = runner({ stop: 'this.#abort?.abort();\nawait this.#ended;' })
      .replace(/ +this\.#ended = .*\n/, '')
      .replace('await this.#ended', 'await this.#loop(this.#abort.signal)');
    expect(stopOf(text)).toContain('});\n    await this.#ended;');
  });

  test.each([
    [
      'sets what the next start() may have set',
      'this.#abort?.abort();\nawait this.#ended;\nthis.#ended = undefined;',
      '',
      'stop() sets #ended after it has waited for the loop, when the next start() may have set it already',
    ],
    [
      'sets it in a callback',
      'this.#abort?.abort();\nawait this.#ended?.finally(() => { this.#running = false; });',
      '',
      'stop() sets #running after it has waited for the loop, when the next start() may have set it already',
    ],
    [
      'waits in another method',
      'this.#abort?.abort();\nawait this.#drain();',
      '\n  async #drain(): Promise<void> {\n    await this.#ended;\n  }',
      'stop() waits in #drain() for what the next start() may have set by then',
    ],
  ])('leaves the class where stop() %s', (_name, stop, more, why) => {
    expect(stopOf(runner({ stop, more }))).toBe(why);
  });
});
