import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import addAsyncDispose from '../../codemods/add-async-dispose.ts';
import addLifecycleLock from '../../codemods/add-lifecycle-lock.ts';
import addUnrestartableFlag from '../../codemods/add-unrestartable-flag.ts';
import type { CodemodOptions } from '../../codemods/codemod.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { changedCases } from './cases.ts';

const START = 'async start() { this.loop ??= this.poll(); }';
const DRAIN = 'await pTimeout(this.loop, { milliseconds: 10 });';

interface Members {
  readonly head?: string;
  readonly start?: string;
  readonly stop?: string;
  readonly more?: string;
}

/** A service whose stop drops what it drains, with other members put in. */
function poller({ head = 'class Poller', start = START, stop = `async stop() { try { ${DRAIN} } finally { this.loop = undefined; } }`, more = '' }: Members): string {
  return `import pTimeout, { TimeoutError } from 'p-timeout';
${head} {
  loop;
  ${start}
  ${stop}
  ${more}
  async poll() { while (!this.aborted) await tick(); }
}
`;
}

function mend(text: string, fileName = 'poller.ts'): string {
  const { text: mended, services } = runCodemods([addUnrestartableFlag], { fileName, text });
  expect(services.flatMap(({ left }) => left)).toEqual([]);
  return mended;
}

describe('leaves with a reason', () => {
  const caught = (handler: string): string => `async stop() { try { ${DRAIN} } catch (error) { ${handler} } finally { this.loop = undefined; } }`;

  test.each<readonly [string, Members, string]>([
    ['a callback that gets the timeout', { stop: 'async stop() { await pTimeout(this.loop, { milliseconds: 10 }).catch(log); this.loop = undefined; }' }, 'the drain in stop() at line 5 has its timeout caught by a callback'],
    ['a loop that a clock ends', { stop: 'async stop() { const end = Date.now() + 10; while (this.loop.pending && Date.now() < end) await delay(1); this.loop = undefined; }' }, 'the deadline at line 5 rejects with an error that cannot be told from others'],
    ['a promise that is handed on', { stop: 'stop() { const { loop } = this; this.loop = undefined; return pTimeout(loop, { milliseconds: 10 }); }' }, 'the drain in stop() at line 5 is handed on as a promise by a function that is not async, where nothing can catch its timeout'],
    ['a start without a block', { start: 'start = async () => void (this.loop ??= this.poll());' }, 'start() has no block for a test'],
    ['an error that is taken apart', { stop: `async stop() { try { ${DRAIN} } catch ({ message }) { log(message); } this.loop = undefined; }` }, 'takes apart the error that the deadline would be told by'],
    ['a flag that is taken back', { start: 'async start() { if (this.hung) throw new Error("no"); this.loop ??= this.poll(); }', stop: caught('if (error instanceof TimeoutError) this.hung = true; throw error;'), more: 'hung = false; reset() { this.hung = false; }' }, 'takes hung back after it was set, and perhaps on purpose'],
    ['a flag that is tested late', { start: 'async start() { await this.connect(); await prepare(); if (this.hung) throw new Error("no"); this.loop ??= this.poll(); }', stop: caught('if (error instanceof TimeoutError) this.hung = true; throw error;'), more: 'hung = false; async connect() {}' }, 'looks at hung only after other things, which may be needed for that'],
  ])('%s', (_name, members, why) => {
    const text = poller(members);
    const result = runCodemods([addUnrestartableFlag], { fileName: 'poller.ts', text });
    expect(result.services.flatMap(({ left }) => left.map((one) => one.why))).toEqual([why]);
    expect(result.text).toBe(text);
  });
});

test('line breaks, tabs and comments stay', () => {
  const text = [
    "import pTimeout from 'p-timeout';",
    'class Poller {',
    '\tasync start() { // now',
    '',
    '\t\t// once',
    '\t\tthis.loop ??= this.poll();',
    '\t}',
    '\tasync stop() {',
    '\t\tconst loop = this.loop;',
    '\t\tthis.loop = undefined;',
    '\t\tawait pTimeout(loop, {',
    '\t\t\tmilliseconds: 10, /* long',
    '\t\t\tenough */',
    '\t\t});',
    '\t}',
    '\tasync poll() { while (!this.aborted) await tick(); }',
    '}',
  ].join('\r\n');
  expect(mend(text)).toBe(
    [
      "import pTimeout, { TimeoutError } from 'p-timeout';",
      'class Poller {',
      '\t#unrestartable = false;',
      '',
      '\tasync start() { // now',
      "\t\tif (this.#unrestartable) throw new Error('Poller: an earlier stop() timed out, create a new instance');",
      '',
      '\t\t// once',
      '\t\tthis.loop ??= this.poll();',
      '\t}',
      '\tasync stop() {',
      '\t\tconst loop = this.loop;',
      '\t\tthis.loop = undefined;',
      '\t\ttry {',
      '\t\t\tawait pTimeout(loop, {',
      '\t\t\t\tmilliseconds: 10, /* long',
      '\t\t\t\tenough */',
      '\t\t\t});',
      '\t\t} catch (error) {',
      '\t\t\tif (error instanceof TimeoutError) this.#unrestartable = true;',
      '\t\t\tthrow error;',
      '\t\t}',
      '\t}',
      '\tasync poll() { while (!this.aborted) await tick(); }',
      '}',
    ].join('\r\n'),
  );
});

test('a start that is not async rejects, as its callers expect', () => {
  const start = 'start(): Promise<void> { return (this.starting ??= this.begin()); }';
  const more = 'starting; async begin() { this.loop = this.poll(); }';
  const stop = `async stop() { this.starting = undefined; ${DRAIN} }`;
  expect(mend(poller({ start, stop, more }))).toContain(
    "start(): Promise<void> { if (this.#unrestartable) return Promise.reject(new Error('Poller: an earlier stop() timed out, create a new instance')); return",
  );
});

test('a class without a name, and names that are taken', () => {
  const text = poller({ head: 'export default class', more: 'unrestartable() { return this.error; }' }).replace('} finally', '} catch (err) { throw err; } finally');
  const mended = mend(text);
  expect(mended).toContain("if (this.#cannotRestart) throw new Error('an earlier stop() timed out, create a new instance');");
  expect(mended).toContain('catch (err) { if (err instanceof TimeoutError) this.#cannotRestart = true; throw err; }');
});

test('one more drain sets the flag that is there', () => {
  const text = dedent`
    import pTimeout, { TimeoutError } from 'p-timeout';
    class Poller {
      #hung = false;
      async start() {
        if (this.#hung) throw new Error('hung');
        this.loop ??= this.poll();
        this.other ??= this.poll();
      }
      async stop() {
        try {
          await pTimeout(this.loop, { milliseconds: 10 });
        } catch (error) {
          if (error instanceof TimeoutError) this.#hung = true;
          throw error;
        } finally {
          this.loop = undefined;
        }
        const { other } = this;
        this.other = undefined;
        await pTimeout(other, { milliseconds: 10 });
      }
      async poll() { while (!this.aborted) await tick(); }
    }
  `;
  const mended = mend(text);
  expect(mended.match(/this\.#hung = true/g)).toHaveLength(2);
  expect(mended.match(/if \(this\.#hung\)/g)).toHaveLength(1);
  expect(mended).not.toContain('unrestartable');
});

describe('comes to the same text before and after the other codemods', () => {
  const styles: readonly CodemodOptions[] = [{ style: 'delegate' }, { style: 'wrap' }, { style: 'using' }];
  const cases = changedCases('add-unrestartable-flag').flatMap((one) => styles.map((options) => ({ ...one, options, label: `${one.name}, ${options.style ?? ''}` })));

  test.each(cases)('$label', ({ fileName, before, options }) => {
    const run = (text: string, ...codemods: readonly (typeof addLifecycleLock)[]): string =>
      codemods.reduce((last, codemod) => runCodemods([codemod], { fileName, text: last }, options).text, text);
    const lockFirst = run(before, addLifecycleLock, addUnrestartableFlag, addAsyncDispose);
    expect(run(before, addUnrestartableFlag, addAsyncDispose, addLifecycleLock)).toBe(lockFirst);
    expect(runCodemods([addUnrestartableFlag, addLifecycleLock, addAsyncDispose], { fileName, text: before }, options).text).toBe(lockFirst);
  });
});
