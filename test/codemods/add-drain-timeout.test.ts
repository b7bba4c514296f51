import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import addDrainTimeout from '../../codemods/add-drain-timeout.ts';
import addUnrestartableFlag from '../../codemods/add-unrestartable-flag.ts';
import type { CodemodOptions, CodemodResult } from '../../codemods/codemod.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';

/** A service with background work. What its stop does is put in. */
function poller({ stop, more = '', head = 'class Poller' }: { stop: string; more?: string; head?: string }): string {
  return dedent`
    ${head} {
      async start() {
        if (this.running) return;
        await connect();
        this.running = true;
        this.task = this.loop();
      }
      async stop() {
        this.running = false;
        ${stop}
      }
      async loop() {
        while (this.running) await poll();
      }
      ${more}
    }
    export { Poller };
  `;
}

function mend(text: string, options: CodemodOptions = {}, fileName = 'poller.mjs'): CodemodResult {
  return runCodemods([addDrainTimeout], { fileName, text }, options);
}

function lineWith(part: string, { text }: CodemodResult): string {
  return text.split('\n').find((line) => line.includes(part))?.trim() ?? '';
}

test('what stands in a try of its own, between others, is moved to the right with that try', () => {
  const { text } = mend(poller({ stop: ['await this.first;', 'try {', '  await this.task;', '} catch {', '  done();', '}', 'await this.last;'].join('\n        ') }));
  expect(text).toContain(
    [
      '    try {',
      '      await pTimeout(Promise.resolve(this.first), { milliseconds: Poller.#DRAIN_TIMEOUT_MS });',
      '      try {',
      '        await pTimeout(Promise.resolve(this.task), { milliseconds: Poller.#DRAIN_TIMEOUT_MS });',
      '      } catch (error) {',
      '        if (error instanceof TimeoutError) this.#unrestartable = true;',
      '        done();',
      '      }',
      '      await pTimeout(Promise.resolve(this.last), { milliseconds: Poller.#DRAIN_TIMEOUT_MS });',
      '    } catch (error) {',
      '      if (error instanceof TimeoutError) this.#unrestartable = true;',
      '      throw error;',
      '    }',
    ].join('\n'),
  );
});

describe('leaves a class alone', () => {
  test.each([
    ['polling', 'while (this.busy) await sleep(10);', 'stop() at line 10 waits in a loop; let a clock end the loop'],
    [
      'a race that resolves',
      'await Promise.race([this.task, new Promise((resolve) => setTimeout(resolve, 100))]);',
      'the drain in stop() at line 10 has a deadline that resolves as if the work were done; replace that by one that rejects',
    ],
    [
      'a callback',
      'const end = async () => { await this.task; };\n    await end();',
      'the drain in stop() at line 10 stands in a callback, and who waits for that cannot be told',
    ],
    [
      'one drain of two that cannot be limited',
      'await this.task;\n    while (this.busy) await sleep(10);',
      'stop() at line 11 waits in a loop; let a clock end the loop',
    ],
  ])('for %s', (_name, stop, why) => {
    const text = poller({ stop });
    const result = mend(text);
    expect(result.services.flatMap(({ left }) => left.map((one) => one.why))).toEqual([why]);
    expect(result.text).toBe(text);
    expect(result.needs).toEqual([]);
  });

  test('of which it cannot be told what kind of module it is in', () => {
    const text = poller({ stop: 'await this.task;' }).replace('export { Poller };', '');
    expect(mend(text, {}, 'poller.js').services[0]?.left.map(({ why }) => why)).toEqual([
      'is in a file of which it cannot be told whether it is an ES module or CommonJS',
    ]);
  });
});

describe('takes the deadline', () => {
  const text = poller({ stop: 'await this.task;' });

  test.each<[name: string, options: CodemodOptions, fileName: string, line: string, needed: string]>([
    ['from p-timeout', {}, 'a.mjs', 'await pTimeout(Promise.resolve(this.task), { milliseconds: Poller.#DRAIN_TIMEOUT_MS });', 'package p-timeout'],
    [
      'from the package that the project has',
      { packages: ['es-toolkit'] },
      'a.mjs',
      'await withTimeout(() => Promise.resolve(this.task), Poller.#DRAIN_TIMEOUT_MS);',
      'package es-toolkit',
    ],
    [
      'from p-timeout where the project has both',
      { packages: ['es-toolkit', 'p-timeout'] },
      'a.mjs',
      'await pTimeout(Promise.resolve(this.task), { milliseconds: Poller.#DRAIN_TIMEOUT_MS });',
      'package p-timeout',
    ],
    ['from the vendored file where that is asked for', { lock: 'inline' }, 'a.mjs', 'await withDeadline(this.task, Poller.#DRAIN_TIMEOUT_MS);', 'file ./lifecycle-lock.mjs'],
    [
      'from where the vendored file is said to be',
      { lock: 'inline', lockFile: 'src/lifecycle-lock.js' },
      'src/deep/a.mjs',
      'await withDeadline(this.task, Poller.#DRAIN_TIMEOUT_MS);',
      'file ../lifecycle-lock.mjs',
    ],
    ['from the vendored file on a Node too old for p-timeout', { nodeMajor: 18 }, 'a.mjs', 'await withDeadline(this.task, Poller.#DRAIN_TIMEOUT_MS);', 'file ./lifecycle-lock.mjs'],
    ['from the vendored file beside its lock', { style: 'using' }, 'a.ts', 'await withDeadline(this.task, Poller.#DRAIN_TIMEOUT_MS);', 'file ./lifecycle-lock.js'],
  ])('%s', (_name, options, fileName, line, needed) => {
    const result = mend(text, options, fileName);
    expect(lineWith('this.task,', result) || lineWith('this.task)', result)).toBe(line);
    expect(result.needs.map(({ kind, specifier }) => `${kind} ${specifier}`)).toEqual([needed]);
  });

  test('not from a package that CommonJS cannot require', () => {
    const required = `${poller({ stop: 'await this.task;' }).replace('export { Poller };', '')}\nmodule.exports = { Poller };`;
    const result = mend(required, { packages: ['p-timeout'] }, 'a.js');
    expect(lineWith('require(', result)).toBe("const { DrainTimeoutError, withDeadline } = require('./lifecycle-lock.js');");
    expect(result.needs).toEqual([{ specifier: './lifecycle-lock.js', kind: 'file' }]);
  });

  test('in the call shape of the version that the file uses', () => {
    const old = `import pTimeout from 'p-timeout';\nawait pTimeout(boot(), 500);\n${text}`;
    expect(lineWith('this.task)', mend(old))).toBe('await pTimeout(Promise.resolve(this.task), Poller.#DRAIN_TIMEOUT_MS);');
    const recent = `import limit from 'p-timeout';\nawait limit(boot(), { milliseconds: 500 });\n${text}`;
    expect(lineWith('this.task)', mend(recent))).toBe('await limit(Promise.resolve(this.task), { milliseconds: Poller.#DRAIN_TIMEOUT_MS });');
  });

  test('not in a function of its own where TypeScript would forget what has been tested', () => {
    const narrowed = poller({ stop: 'if (!this.task) return;\n    await this.task.finished;', more: 'task: { finished: Promise<void> } | undefined;' });
    expect(lineWith('this.task.finished', mend(narrowed, { packages: ['es-toolkit'] }, 'a.ts'))).toContain('pTimeout(Promise.resolve(this.task.finished)');
  });
});

describe('names the limit', () => {
  test.each<[name: string, text: string, options: CodemodOptions, limit: string, declared: string]>([
    ['in the class', poller({ stop: 'await this.task;' }), { drainTimeout: 2500 }, 'Poller.#DRAIN_TIMEOUT_MS', 'static #DRAIN_TIMEOUT_MS = 2500;'],
    ['with the digits in groups', poller({ stop: 'await this.task;' }), { drainTimeout: 1_200_000 }, 'Poller.#DRAIN_TIMEOUT_MS', 'static #DRAIN_TIMEOUT_MS = 1_200_000;'],
    ['in the object, where a parameter has the name of the class', poller({ stop: 'await this.task;', more: 'is(Poller) { return this instanceof Poller; }' }), {}, 'this.#drainTimeoutMs', '#drainTimeoutMs = 10_000;'],
    ['in the object, where the class has no name', poller({ stop: 'await this.task;', head: 'const Poller = class' }), {}, 'this.#drainTimeoutMs', '#drainTimeoutMs = 10_000;'],
    ['as the class names it already', poller({ stop: 'await this.task;', more: 'static DRAIN_TIMEOUT_MS = 500;' }), {}, 'Poller.DRAIN_TIMEOUT_MS', 'static DRAIN_TIMEOUT_MS = 500;'],
    ['otherwise, where the name means something else', poller({ stop: 'await this.task;', more: 'static DRAIN_TIMEOUT_MS() { return this.name; }' }), {}, 'Poller.#STOP_DRAIN_TIMEOUT_MS', 'static #STOP_DRAIN_TIMEOUT_MS = 10_000;'],
  ])('%s', (_name, text, options, limit, declared) => {
    const result = mend(text, options);
    expect(result.services[0]?.left).toEqual([]);
    expect(lineWith('this.task)', result)).toBe(`await pTimeout(Promise.resolve(this.task), { milliseconds: ${limit} });`);
    expect(result.text.split('\n').filter((line) => line.trim() === declared)).toHaveLength(1);
  });
});

test('two drains of one kind are limited together, whichever codemod is first', () => {
  const text = `import pTimeout, { TimeoutError } from 'p-timeout';\n${poller({
    stop: 'await pTimeout(this.task, { milliseconds: 500 });\n    await this.other;',
    more: 'async other() {}',
  }).replace('this.task = this.loop();', 'this.task = this.loop();\n    this.other = this.loop();')}`;
  const first = runCodemods([addUnrestartableFlag], { fileName: 'a.mjs', text });
  expect(first.services[0]?.left.map(({ why }) => why)).toEqual([
    'has drains without a deadline beside this one; add-drain-timeout sees to these and to the flag',
  ]);
  expect(mend(first.text).text).toBe(mend(text).text);
  expect(mend(text).text.match(/catch \(error\)/g)).toHaveLength(1);
});

test('the error of the deadline that the class has already is imported, where only its name was asked for', () => {
  const text = poller({
    stop: dedent`
      try { await pTimeout(this.task, OPTIONS); } catch (error) {
        if (error.name === 'TimeoutError') this.hung = true;
        throw error;
      }
      await this.job;
    `,
    more: 'hung = false;',
  })
    .replace('if (this.running)', "if (this.hung) throw new Error('hung');\n    if (this.running)")
    .replace('this.task = this.loop();', 'this.task = this.loop();\n    this.job = this.loop();');
  const result = mend(`import pTimeout from 'p-timeout';\nconst OPTIONS = { milliseconds: 50 };\n${text}`);
  expect(lineWith('p-timeout', result)).toBe("import pTimeout, { TimeoutError } from 'p-timeout';");
  expect(lineWith('instanceof', result)).toBe('if (error instanceof TimeoutError) this.hung = true;');
  expect(lineWith('this.job)', result)).toBe('await pTimeout(Promise.resolve(this.job), OPTIONS);');
});

describe('a deadline that the class has already, and of which it cannot be told what start does after its timeout', () => {
  const text = (late: string): string =>
    poller({
      stop: dedent`
        let timer;
        const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new ${late}('late')), 500); });
        try { await Promise.race([this.task, late]); } finally { clearTimeout(timer); }
        await this.server.close();
      `,
    }).replace('await connect();', 'this.running = true;\n    if (!(await connect())) return;\n    this.server = await listen();');

  test('gets the flag too, where its error can be told', () => {
    const result = mend(`class LateError extends Error {}\n${text('LateError')}`);
    expect(result.services[0]?.left).toEqual([]);
    expect(result.text.match(/if \(error instanceof TimeoutError \|\| error instanceof LateError\) this\.#unrestartable = true;/g)).toHaveLength(2);
  });

  test('leaves the class where it cannot', () => {
    const result = mend(text('Error'));
    expect(result.services[0]?.left.map(({ why }) => why)).toEqual(['the deadline at line 14 rejects with an error that cannot be told from others']);
  });
});
