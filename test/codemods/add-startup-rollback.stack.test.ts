import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import addStartupRollback from '../../codemods/add-startup-rollback.ts';
import type { CodemodOptions } from '../../codemods/codemod.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';

const NODE_24: CodemodOptions = { nodeMajor: 24, nodeTypesMajor: 24 };

/** What becomes of a text, which is changed only once. */
function mended(text: string, fileName = 'pair.mjs', options = NODE_24): string {
  const result = runCodemods([addStartupRollback], { fileName, text }, options);
  expect(result.services.flatMap(({ left }) => left)).toEqual([]);
  expect(result.text).not.toBe(text);
  expect(runCodemods([addStartupRollback], { fileName, text: result.text }, options).text).toBe(result.text);
  return result.text;
}

const BEGIN = 'if (this.on) return; await this.a.connect(); await this.b.connect();';

/** A service whose start goes on like this when it has connected to `a` and `b`. */
function pair(rest: string, head = 'async start()', begin = BEGIN): string {
  return `class Pair { on = false; ${head} { ${begin} ${rest} } async stop() { if (!this.on) return; this.on = false; await this.b.end(); await this.a.end(); } async hello() { await fetch(this.url); } }`;
}

const isStack = (text: string): boolean => text.includes('await using undo = new AsyncDisposableStack()');
const isHandler = (text: string): boolean => text.includes('undo.reverse()');

describe('a stack, where it surely runs', () => {
  test.each<[string, string, CodemodOptions, string?]>([
    ['JavaScript for Node 24', 'pair.js', { nodeMajor: 24 }],
    ['JavaScript for a later Node', 'pair.cjs', { nodeMajor: 26 }],
    ['TypeScript with the types of Node 24', 'pair.ts', { nodeMajor: 24, nodeTypesMajor: 24 }],
    ['TypeScript that uses `using`', 'pair.ts', { nodeMajor: 24, style: 'using' }],
    ['a file that has such a stack', 'pair.ts', NODE_24, 'let all: AsyncDisposableStack = new AsyncDisposableStack();'],
  ])('%s', (_name, fileName, options, head = '') => {
    expect(isStack(mended(`${head}${pair('await this.hello(); this.on = true;')}`, fileName, options))).toBe(true);
  });

  test.each<[string, string, CodemodOptions, string?]>([
    ['nothing known of Node', 'pair.js', {}],
    ['JavaScript for Node 22, whatever the style', 'pair.js', { nodeMajor: 22, style: 'using' }],
    ['TypeScript for Node 22', 'pair.ts', { nodeMajor: 22, nodeTypesMajor: 24, style: 'using' }],
    ['TypeScript whose types are not known', 'pair.ts', { nodeMajor: 24 }],
    ['TypeScript with the types of Node 22', 'pair.ts', { nodeMajor: 24, nodeTypesMajor: 22 }],
    ['JSX', 'pair.jsx', NODE_24],
    ['TypeScript with JSX', 'pair.tsx', NODE_24],
    ['a file with another stack of that name', 'pair.ts', NODE_24, 'import { AsyncDisposableStack } from "./stack.ts"; export const all = new AsyncDisposableStack();'],
  ])('a handler for %s', (_name, fileName, options, head = '') => {
    const after = mended(`${head}${pair('await this.hello(); this.on = true;')}`, fileName, options);
    expect([isStack(after), isHandler(after)]).toEqual([false, true]);
  });

  test('as jscodeshift hands its options on', () => {
    const source = pair('await this.hello(); this.on = true;');
    expect(isStack(addStartupRollback({ path: 'pair.ts', source }, {}, { nodeMajor: '24', nodeTypesMajor: '24' }) ?? '')).toBe(true);
  });

  test('two services of one file', () => {
    const one = pair('await this.hello(); this.on = true;');
    expect(mended(`${one}\n${one.replace('Pair', 'Couple')}`).split('new AsyncDisposableStack()')).toHaveLength(3);
  });

  test('a flag alone takes none', () => {
    const after = mended(`class Pair { on = false; async start() { if (this.on) return; this.on = true; this.conf = await load(); this.timer = setInterval(tick, 9); } async stop() { if (!this.on) return; this.on = false; clearInterval(this.timer); } }`);
    expect(after).toContain('} catch (error) { this.on = false; throw error; }');
  });
});

describe('a handler, where a way out cannot be told or be moved on', () => {
  test.each([
    ['a return in a try', 'try { if (this.a.isOnly) return; } catch {} await this.hello(); this.on = true;'],
    ['a return in a finally', 'try { await this.hello(); } finally { if (this.a.isOnly) return; } this.on = true;'],
    ['a call that is returned in a case', 'switch (this.mode) { case 1: return this.hello(); } await this.hello(); this.on = true;'],
    ['a call that is returned without braces', 'if (this.mode) return this.hello(); await this.hello(); this.on = true;'],
    ['a rejection', 'await this.hello(); this.on = true; return Promise.reject(new Error("no"));'],
  ])('%s', (_name, rest) => {
    const after = mended(pair(rest));
    expect([isStack(after), isHandler(after)]).toEqual([false, true]);
  });

  test('a break out of the block', () => {
    const begin = 'if (this.on) return; out: { await this.a.connect(); if (this.a.isOnly) break out; await this.b.connect(); await this.hello(); }';
    const after = mended(pair('this.on = true;', 'async start()', begin));
    expect([isStack(after), isHandler(after)]).toEqual([false, true]);
  });

  test.each([
    ['no type', 'async start()'],
    ['a type that is not read', 'async start(): Started'],
  ])('a call that is returned in TypeScript, with %s', (_name, head) => {
    expect(isHandler(mended(`type Started = Promise<void>;\n${pair('this.on = true; return this.hello();', head)}`, 'pair.ts'))).toBe(true);
  });
});

describe('each way out is moved on', () => {
  test.each([
    ['the end', 'this.on = true;', 'await this.b.connect(); undo.move(); this.on = true; }'],
    ['a value that is at hand', 'await this.hello(); this.on = true; return true;', 'await this.hello(); undo.move(); this.on = true; return true; }'],
    ['a return in braces', 'this.on = true; if (this.a.isOnly) { return 1; } await this.hello();', 'this.on = true; if (this.a.isOnly) { undo.move(); return 1; } await this.hello(); undo.move(); }'],
    ['a return without braces', 'if (this.a.isOnly) return; else await this.hello(); this.on = true;', 'if (this.a.isOnly) { undo.move(); return; } else await this.hello(); undo.move(); this.on = true; }'],
    ['a call', 'this.on = true; return this.hello();', 'this.on = true; const result = await this.hello(); undo.move(); return result; }'],
    ['a call without a semicolon', 'this.on = true; return (this.hello() )', 'this.on = true; const result = await (this.hello() ); undo.move(); return result; }'],
    ['both arms', 'this.on = true; if (this.a.isOnly) { return await this.hello(); } else { throw new Error("no"); }', 'this.on = true; if (this.a.isOnly) { const result = await this.hello(); undo.move(); return result; } else { throw new Error("no"); } }'],
    ['a loop that is left within', 'for (const one of this.all) { if (one) break; await one.go(); } this.on = true;', 'for (const one of this.all) { if (one) break; await one.go(); } undo.move(); this.on = true; }'],
  ])('%s', (_name, rest, expected) => {
    const after = mended(pair(rest));
    expect(after.slice(after.indexOf('await this.b.connect()')).split(' async stop()')[0]).toContain(expected);
  });
});

const START = dedent`
  class Pair {
    #on = false;
    #timer: NodeJS.Timeout | undefined;
    async start(undo: number): Promise<void> {
      if (this.#on) return;
      this.#timer = setInterval(() => this.#beat(undo), 1000);
      // first
      await this.#a.connect();
      await this.#b.connect();
      this.#on = true;
    }
    async stop(): Promise<void> {
      if (!this.#on) return;
      this.#on = false;
      await this.#b.end();
      await this.#a.end();
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }
`;

test('takes no name that is used, and ends a timer as it stands', () => {
  const after = mended(START.replace('undo: number', 'undo: number, rollBack = 1, step = 2'), 'pair.ts');
  expect(after).toContain('    const undoLogged = async (name: string, undoStep: () => unknown): Promise<void> => {\n      try {\n        await undoStep();\n');
  expect(after).toContain('    await using rollback = new AsyncDisposableStack();\n    rollback.defer(() => {\n      this.#timer = undefined;\n    });\n    this.#timer = ');
  expect(after).toContain('1000);\n    rollback.defer(() => clearInterval(this.#timer));\n    // first\n');
  expect(after).toContain("    rollback.defer(() => undoLogged('a.end', () => this.#a.end()));\n    await this.#b.connect();\n    rollback.move();\n    this.#on = true;\n");
});

test('where nothing can fail to be given back, nothing is logged', () => {
  const text = START.replace(/ {4}\/\/ first\n.*\n/, '').replace('    await this.#a.end();\n', '');
  expect(mended(text, 'pair.ts')).toContain("    if (this.#on) return;\n    await using rollback = new AsyncDisposableStack();\n    rollback.defer(() => {\n      this.#timer = undefined;\n");
});

test.each([
  ['CRLF and no last newline', START.replaceAll('\n', '\r\n')],
  ['tabs', START.replaceAll('  ', '\t')],
  ['a byte order mark', `\uFEFF${START}`],
])('keeps %s', (_name, before) => {
  const text = mended(before, 'pair.ts');
  const eol = before.includes('\r') ? '\r\n' : '\n';
  const unit = before.includes('\t') ? '\t' : '  ';
  expect(text.startsWith(before.slice(0, 10))).toBe(true);
  expect(text).toContain(`${eol}${unit.repeat(2)}await this.#b.connect();${eol}${unit.repeat(2)}rollback.move();${eol}`);
  expect(text.replaceAll('\r\n', '').includes('\r')).toBe(false);
  expect(text.split(eol).length).toBe(text.split('\n').length);
  expect(text.endsWith('}')).toBe(true);
});

test.each([
  ['a stack', NODE_24, '\n    ;', "undo.defer(() => rollBack('a.end', () => this.a.end()))\n    ;[this.x] = await"],
  ['a stack', NODE_24, ';\n    ', "undo.defer(() => rollBack('a.end', () => this.a.end()));\n    [this.x] = await"],
  ['a handler', {}, '\n    ;', "undo.push(['a.end', () => this.a.end()])\n      ;[this.x] = await"],
  ['a handler', {}, ';\n    ', "undo.push(['a.end', () => this.a.end()]);\n      [this.x] = await"],
] as const)('without semicolons, a line of %s that must have one has one', (_name, options, between, expected) => {
  const text = dedent`
    class Pair {
      on = false
      async start() {
        if (this.on) return
        await this.a.connect()
        [this.x] = await this.a.read()
        await this.b.connect()
        this.on = true
      }
      async stop() {
        if (!this.on) return
        this.on = false
        await this.b.end()
        await this.a.end()
      }
    }
  `;
  const after = mended(text.replace('\n    [', `${between}[`), 'pair.mjs', options);
  expect(after).toContain(expected);
  expect(after).toMatch(/await this\.b\.connect\(\)\n {4}(?:undo\.move\(\)|\} catch \(error\) \{)\n/);
});

test('a release in several lines is indented as it stands', () => {
  const before = START.replace('    await this.#a.end();', '    await this.#a.end(\n      1,\n      2,\n    );');
  expect(mended(before, 'pair.ts')).toContain("    rollback.defer(() => rollBack('a.end', () => this.#a.end(\n      1,\n      2,\n    )));\n");
});
