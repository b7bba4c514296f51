import * as typescriptParser from '@typescript-eslint/parser';
import dedent from 'dedent';
import * as espree from 'espree';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';

import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import type { Source } from '../../model/source.ts';
import { rules } from '../../rules/index.ts';

interface Parsed {
  readonly program: unknown;
  readonly comments: unknown;
}

function ofTypescriptEslint(text: string, filePath: string): Parsed {
  const { ast } = typescriptParser.parseForESLint(text, { comment: true, filePath, loc: true, range: true, tokens: true });
  return { program: ast, comments: ast.comments };
}

function ofOxc(text: string, fileName: string): Parsed {
  const { comments, errors, program } = parseSync(fileName, text, { astType: 'ts', range: true });
  expect(errors).toEqual([]);
  return { program, comments };
}

function ofEspree(text: string): Parsed {
  const options = { comment: true, ecmaVersion: 'latest', loc: true, range: true, sourceType: 'module', tokens: true } as const;
  const program: object = espree.parse(text, options);
  return { program, comments: 'comments' in program ? program.comments : [] };
}

/** What every rule finds, by default and under `strict`, as far as a reader of the reports can tell. */
function findings({ program, comments }: Parsed, text: string, fileName: string): readonly object[] {
  const source = { text, program, comments, fileName } as Source;
  return rules.flatMap((rule) =>
    [undefined, rule.meta.docs.presets.strict].flatMap((options) => {
      const found = rule.findingsIn(source, DEFAULT_SETTINGS, options);
      return found.map(({ data, messageId, node, service }) => ({ rule: rule.name, messageId, data, range: node.range, service }));
    }),
  );
}

const javaScript = {
  'a service without a lock': dedent`
    export class Poller {
      #running = false;
      constructor(queue) {
        this.queue = queue;
        this.start();
      }
      async start() {
        if (this.#running) return;
        await this.queue?.open();
        this.#running = true;
        this.task = this.#loop();
      }
      stop = async () => {
        this.#running = false;
        await this.task;
        this.task = undefined;
      };
      async #loop() {
        while (this.#running) await this.queue.next();
      }
      async [Symbol.asyncDispose]() {}
    }
  `,
  'a class expression with string keys, chains and optional calls': dedent`
    module.exports.Store = class extends Base {
      static { this.count = 0; }
      'open'() {
        if (this['handle']) return Promise.resolve();
        return dial().then((handle) => { this['handle'] = handle; });
      }
      async ['close']() {
        await this.handle?.close?.();
        this.handle = null;
      }
      get path() { return this.handle?.path ?? ''; }
    };
  `,
  'every kind of hold, the faulty ones too': dedent`
    import { Mutex } from 'async-mutex';
    const shared = new Mutex();
    class A {
      #lock = new Mutex();
      async start() {
        const release = await this.#lock.acquire();
        try { return this.db.connect(); } finally { release(); }
      }
      async stop() { await this.#lock.runExclusive(async () => { await this.start(); }); }
      async submit(task) { await this.#lock.runExclusive(() => this.queue.put(task)); }
    }
    class B {
      start = async () => shared.runExclusive(() => this.db.connect());
      stop = async () => { await shared.runExclusive(() => this.db.close()); };
    }
    class C {
      #lock = new Mutex();
      async run() { await this.#lock.runExclusive(async () => { while (!this.stopped) await this.turn(); }); }
      async stop() { await this.#lock.runExclusive(async () => { this.stopped = true; }); }
    }
    class D {
      #lock = new Mutex();
      async start() { this.#lock.runExclusive(async () => { this.db = await dial(); }); }
      async stop() { await this.db.close(); }
    }
  `,
  'comments, CRLF and characters beyond the basic plane': [
    '// 😀 before',
    'export default class {',
    '\tasync start() { /* 😀 */ if (this.on) return; await boot("😀"); this.on = true; }',
    '\tasync stop() { this.on = false; await halt(); } // 😀',
    '}',
    '',
  ].join('\r\n'),
};

const typeScript = {
  'generics, overloads, decorators, accessors and parameter properties': dedent`
    @Service()
    export abstract class Store<T extends object> extends Base<T> implements Closable {
      declare readonly brand: string;
      private handle?: Handle;
      accessor size = 0;
      constructor(private readonly url: string, @Inject(LOG) protected readonly log: Logger) {
        super();
        void this.open();
        this.timer = setInterval((): void => this.sweep(), 1_000);
      }
      abstract sweep(): void;
      async open(): Promise<void>;
      async open(mode: string): Promise<void>;
      @Retry(3)
      async open(mode = 'r'): Promise<void> {
        if (this.handle !== undefined) return;
        const handle = await dial<T>(this.url, mode as never);
        this.handle = handle!;
      }
      public async close(this: Store<T>): Promise<void> {
        await this.handle?.close();
        this.handle = undefined;
      }
      [Symbol.dispose](): void { void this.close(); }
    }
  `,
  'casts, satisfies, non-null and enums': dedent`
    enum State { Idle, Running }
    const Runner = class {
      #state: State = State.Idle;
      public start = async (): Promise<void> => {
        if ((this as Self).#state === State.Running) return;
        await (boot satisfies Boot)();
        this.#state = State.Running;
      };
      async stop(): Promise<void> {
        if (this.#state !== State.Running) return;
        this.#state = State.Idle;
        await this.task!;
        delete this.task;
      }
    };
  `,
  'namespaces, declared classes, interfaces and abstract members': dedent`
    namespace Inner {
      export declare class Remote { start(): Promise<void>; stop(): Promise<void>; }
      export interface Service { start(): Promise<void>; stop(): Promise<void>; }
      export class Probe implements Service {
        readonly #lock: Mutex = new Mutex();
        async start(): Promise<void> { using _held = await hold(this.#lock); await this.stop(); }
        async stop(): Promise<void> { await using held = await this.#lock.acquire(); this.timer = undefined; }
      }
    }
  `,
};

describe.each(Object.entries(javaScript))('JavaScript: %s', (_name, text) => {
  const expected = findings(ofEspree(text), text, 'service.js');

  test('something is found', () => {
    expect(expected).not.toEqual([]);
  });

  test('typescript-eslint gives what espree gives', () => {
    expect(findings(ofTypescriptEslint(text, 'service.js'), text, 'service.js')).toEqual(expected);
  });

  test('oxc gives what espree gives', () => {
    expect(findings(ofOxc(text, 'service.js'), text, 'service.js')).toEqual(expected);
  });
});

describe.each(Object.entries(typeScript))('TypeScript: %s', (_name, text) => {
  const expected = findings(ofTypescriptEslint(text, 'service.ts'), text, 'service.ts');

  test('something is found', () => {
    expect(expected).not.toEqual([]);
  });

  test('oxc gives what typescript-eslint gives', () => {
    expect(findings(ofOxc(text, 'service.ts'), text, 'service.ts')).toEqual(expected);
  });
});
