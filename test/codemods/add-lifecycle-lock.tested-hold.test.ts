import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import addLifecycleLock from '../../codemods/add-lifecycle-lock.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';

/** stop() as the codemod leaves it, or why it leaves the class. */
function stopOf(stop: string, more = ''): string {
  const text = dedent`
    import { Mutex } from 'async-mutex';
    export class A {
      readonly #mutex = new Mutex();
      #up = false;
      #timer?: NodeJS.Timeout;
      #socket?: Socket;
      async start(): Promise<void> {
        return this.#mutex.runExclusive(async () => {
          if (this.#up) return;
          this.#socket = await open();
          this.#up = true;
        });
      }
      async stop(): Promise<void> {
        ${stop.replaceAll('\n', '\n        ')}
      }
      ${more}
    }
  `;
  const { text: output, services } = runCodemods([addLifecycleLock], { fileName: 'a.ts', text });
  const left = services.flatMap(({ left: reasons }) => reasons.map(({ why }) => why));
  return left.join('\n') || (/ {2}async stop\(\)[^]*?\n {2}\}/.exec(output)?.[0] ?? output);
}

const stopping = (...lines: readonly string[]): string => ['  async stop(): Promise<void> {', ...lines.map((line) => `    ${line}`), '  }'].join('\n');

describe('a hold that hands out whether to go on covers what comes after it', () => {
  test('by a name', () => {
    const stop = dedent`
      const wasUp = await this.#mutex.runExclusive(async () => {
        const up = this.#up;
        this.#up = false;
        return up; // for later
      });
      if (!wasUp) return;
      log(\`
        stops\`);
      await this.#socket?.close();
    `;
    expect(stopOf(stop)).toBe(
      stopping(
        'await this.#mutex.runExclusive(async () => {',
        '  const up = this.#up;',
        '  this.#up = false;',
        '  const wasUp = up; // for later',
        '  if (!wasUp) return;',
        '  log(`',
        '  stops`);',
        '  await this.#socket?.close();',
        '});',
      ),
    );
  });

  test('by the name that it has inside', () => {
    const stop = dedent`
      const up = await this.#mutex.runExclusive(() => {
        const up = this.#up;
        this.#up = false;
        return up;
      });
      if (up) await this.#socket?.close();
    `;
    expect(stopOf(stop)).toBe(
      stopping(
        'await this.#mutex.runExclusive(async () => {',
        '  const up = this.#up;',
        '  this.#up = false;',
        '  if (up) await this.#socket?.close();',
        '});',
      ),
    );
  });

  test('by a test at once', () => {
    const stop = dedent`
      if (!(await this.#mutex.runExclusive(() => {
        if (!this.#up) return false;
        clearTimeout(this.#timer);
        return this.#timer !== undefined;
      }))) return;
      await this.#socket?.close();
    `;
    expect(stopOf(stop)).toBe(
      stopping(
        'await this.#mutex.runExclusive(async () => {',
        '  if (!this.#up) return;',
        '  clearTimeout(this.#timer);',
        '  if (!(this.#timer !== undefined)) return;',
        '  await this.#socket?.close();',
        '});',
      ),
    );
  });

  test('waits for what the lock has waited for', () => {
    const stop = (wait: string): string => dedent`
      const wasUp = await this.#mutex.runExclusive(async () => {
        this.#up = false;
        return ${wait};
      });
      if (!wasUp) return;
      await this.#socket?.close();
    `;
    expect(stopOf(stop('isOpen()'))).toContain('const wasUp = await isOpen();');
    expect(stopOf(stop('this.#socket?.flush() ?? true'))).toContain('const wasUp = await (this.#socket?.flush() ?? true);');
  });
});

describe('is left where', () => {
  const why = 'stop() holds #mutex over part of its body, which cannot be widened by moving its ends';
  test.each([
    ['an early end under the lock does not end the method', 'const wasUp = await this.#mutex.runExclusive(async () => {\n  if (!this.#up) return false;\n  this.#up = false;\n  return true;\n});\nawait this.#socket?.close(wasUp);'],
    ['another value ends it early', 'const wasUp = await this.#mutex.runExclusive(async () => {\n  if (bad()) return 1;\n  this.#up = false;\n  return 0;\n});\nif (!wasUp) return;\nawait this.#socket?.close();'],
    ['the value is taken apart', 'const { length } = await this.#mutex.runExclusive(async () => {\n  this.#up = false;\n  return [];\n});\nif (!length) return;\nawait this.#socket?.close();'],
    ['the rest reads what was set under the lock', 'const wasUp = await this.#mutex.runExclusive(async () => {\n  const up = this.#up;\n  this.#up = false;\n  return up;\n});\nif (!wasUp || this.#up) return;\nawait this.#socket?.close();'],
    ['a name would be declared twice', 'const wasUp = await this.#mutex.runExclusive(async () => {\n  const up = this.#up;\n  return up;\n});\nconst up = this.#socket;\nif (wasUp) await up?.close();'],
    ['the name means something else inside', 'const up = await this.#mutex.runExclusive(async () => {\n  const up = this.#timer;\n  return up !== undefined;\n});\nif (up) await this.#socket?.close();'],
  ])('%s', (_name, stop) => {
    expect(stopOf(stop)).toBe(why);
  });
});
