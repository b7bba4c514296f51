import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import addAsyncDispose from '../../codemods/add-async-dispose.ts';
import addLifecycleLock from '../../codemods/add-lifecycle-lock.ts';
import { applyChanges } from '../../codemods/apply-changes.ts';
import { type Codemod, UnparsableError } from '../../codemods/codemod.ts';
import { eachService } from '../../codemods/each-service.ts';
import { codemods } from '../../codemods/index.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';

const service = dedent`
  export class Connection {
    #open = false;

    async start(): Promise<void> {
      if (this.#open) return;
      await connect();
      this.#open = true;
    }

    async stop(): Promise<void> {
      this.#open = false;
      await disconnect();
    }
  }
`;

const plain = (name: string, more = ''): string => dedent`
  class ${name} {
    ${more}
    async start() {
      if (this.open) return;
      await connect();
      this.open = true;
    }
    async stop() {
      this.open = false;
      await disconnect();
    }
  }
`;

describe('runCodemods', () => {
  test('requires the lock once, also where the file begins with the first of two classes', () => {
    const { text } = runCodemods([addLifecycleLock], { fileName: 'a.cjs', text: `${plain('A')}\n${plain('B')}\n` });
    expect(text.match(/require\('async-mutex'\)/g)).toHaveLength(1);
    expect(text.match(/new Mutex\(\)/g)).toHaveLength(2);
  });

  test('makes the lock before the constructor calls what takes it', () => {
    const { text } = runCodemods([addLifecycleLock], {
      fileName: 'a.cjs',
      text: `${plain('A', 'constructor() { this.open = false;\nthis.ready = this.start(); }')}\n`,
    });
    expect(text.indexOf('new Mutex()')).toBeLessThan(text.indexOf('this.ready = this.start()'));
    expect(text.indexOf('new Mutex()')).toBeGreaterThan(0);
  });

  test('does not guess the kind of module', () => {
    const { services } = runCodemods([addLifecycleLock], { fileName: 'a.js', text: `${plain('A')}\n` });
    expect(services[0]?.left.map(({ why }) => why)).toEqual([
      'is in a file of which it cannot be told whether it is an ES module or CommonJS',
    ]);
  });

  test('gives the dispose to the base where that is in the file', () => {
    const text = `export ${plain('Base')}\nexport class Child extends Base {\n  async stop() {\n    await super.stop();\n    await flush();\n  }\n}\n`;
    expect(runCodemods([addAsyncDispose], { fileName: 'a.ts', text }).text.match(/asyncDispose/g)).toHaveLength(1);
  });

  test('gives back a file without services as it is', () => {
    const text = 'export const a = 1\n';
    expect(runCodemods(codemods, { fileName: 'a.ts', text })).toEqual({ text, services: [], needs: [] });
  });

  test('says for each service what was added, where it stands and what is needed', () => {
    const result = runCodemods([addLifecycleLock, addAsyncDispose], { fileName: 'a.ts', text: `// first line\n${service}` });
    expect(result.services).toEqual([
      {
        service: 'Connection',
        line: 2,
        added: [
          { codemod: 'add-lifecycle-lock', what: 'lifecycle lock' },
          { codemod: 'add-async-dispose', what: '[Symbol.asyncDispose]()' },
        ],
        left: [],
      },
    ]);
    expect(result.needs).toEqual([{ specifier: 'async-mutex', kind: 'package' }]);
  });

  test('needs a package once, however many services use it', () => {
    const text = `${service}\n${service.replace('Connection', 'Other')}`;
    const result = runCodemods([addLifecycleLock], { fileName: 'a.ts', text });
    expect(result.needs).toHaveLength(1);
    expect(result.text.match(/import/g)).toHaveLength(1);
    expect(result.services.map(({ service: name, line }) => [name, line])).toEqual([
      ['Connection', 1],
      ['Other', 15],
    ]);
  });

  test('gives the places of what it left in the original text, also below an edit', () => {
    const left = service.replace('Connection', 'Left').replace('async stop()', 'async stop(force = this.#open)');
    const result = runCodemods([addLifecycleLock], { fileName: 'a.ts', text: `${service}\n${left}` });
    expect(result.services[1]?.left).toEqual([
      {
        codemod: 'add-lifecycle-lock',
        line: 24,
        column: 3,
        why: 'a parameter default of stop() reads the object before the lock would be held',
      },
    ]);
  });

  test('says where a file cannot be parsed', () => {
    const run = (): unknown => runCodemods(codemods, { fileName: 'a.ts', text: 'class A {\n  start( {\n' });
    expect(run).toThrow(UnparsableError);
    expect(run).toThrow(expect.objectContaining({ line: 3, column: 1 }));
  });

  test('parses plain JavaScript with JSX, and TypeScript with type assertions', () => {
    expect(() => runCodemods(codemods, { fileName: 'a.js', text: 'const a = <b>c</b>;' })).not.toThrow();
    expect(() => runCodemods(codemods, { fileName: 'a.ts', text: 'const a = <B>c;' })).not.toThrow();
  });

  const broken = (changes: readonly { start: number; end: number; text: string }[]): Codemod => ({
    name: 'broken',
    description: 'Does harm',
    mends: ['require-lifecycle-lock'],
    isDefault: true,
    plan: eachService(() => ({ kind: 'edit', changes, safety: 'review', added: 'harm', needs: [] })),
  });

  test.each([
    ['does not parse', [{ start: 0, end: 0, text: '}' }], /^the edit did not hold: its result does not parse/],
    [
      'is no service any more',
      [{ start: service.indexOf('start'), end: service.indexOf('start()') + 5, text: 'begun' }],
      'the edit did not hold: it would change which classes are services',
    ],
    ['would be edited again', [{ start: 0, end: 0, text: ';' }], 'the edit did not hold: a second run would change it again'],
  ])('does not write what %s', (_name, changes, why) => {
    const result = runCodemods([broken(changes)], { fileName: 'a.ts', text: service });
    expect(result.text).toBe(service);
    expect(result.needs).toEqual([]);
    expect(result.services[0]?.left).toEqual([
      { codemod: 'broken', line: 1, column: 8, why: typeof why === 'string' ? why : (expect.stringMatching(why) as unknown) },
    ]);
  });

  test('leaves one edit that does not hold among many, and checks few times to find it', () => {
    const names = Array.from({ length: 32 }, (_, index) => `S${String(index)}`);
    let planned = 0;
    const harmful: Codemod = {
      name: 'harmful',
      description: 'Does harm to one of many',
      mends: addLifecycleLock.mends,
      isDefault: true,
      plan: (source, options) => {
        planned++;
        return addLifecycleLock.plan(source, options).map((plan) => {
          const { name, node, outcome } = plan;
          return name === 'S19' && outcome.kind === 'edit' ? { ...plan, outcome: { ...outcome, changes: [{ start: node.range[0], end: node.range[0], text: '}' }] } } : plan;
        });
      },
    };
    const { services, text } = runCodemods([harmful], { fileName: 'a.mts', text: `${names.map((name) => plain(name)).join('\n')}\n` });
    expect(services.flatMap(({ service: name, added }) => (added.length === 1 ? [name] : []))).toEqual(names.filter((name) => name !== 'S19'));
    expect(services.flatMap(({ left }) => left.map(({ line, why }) => [line, why]))).toEqual([[19 * 12 + 1, expect.stringMatching(/^the edit did not hold: its result does not parse/)]]);
    expect(text.match(/new Mutex\(\)/g)).toHaveLength(31);
    expect(planned).toBeLessThan(10);
  });

  test('does not write what leaves the report in place', () => {
    const harm = broken([{ start: 0, end: 0, text: ';' }]);
    const once: Codemod = {
      ...harm,
      plan: (source, options) => (source.text.startsWith(';') ? [] : harm.plan(source, options)),
    };
    const [result] = runCodemods([once], { fileName: 'a.ts', text: service }).services;
    expect(result?.left.map(({ why }) => why)).toEqual(['the edit did not hold: require-lifecycle-lock would still report it']);
  });
});

describe('applyChanges', () => {
  test('keeps insertions at one place in their order', () => {
    expect(
      applyChanges('ab', [
        { start: 1, end: 1, text: '1' },
        { start: 1, end: 1, text: '2' },
        { start: 1, end: 2, text: 'c' },
      ]),
    ).toBe('a12c');
  });

  test('throws where changes overlap', () => {
    expect(() =>
      applyChanges('abc', [
        { start: 0, end: 2, text: '' },
        { start: 1, end: 3, text: '' },
      ]),
    ).toThrow('changes overlap at 1');
    expect(() =>
      applyChanges('abc', [
        { start: 0, end: 2, text: '' },
        { start: 1, end: 1, text: 'x' },
      ]),
    ).toThrow('changes overlap at 1');
  });
});
