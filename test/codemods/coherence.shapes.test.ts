import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import type { CodemodOptions } from '../../codemods/codemod.ts';
import { codemods } from '../../codemods/index.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { resultsOf } from './coherence.ts';

const defaults = codemods.filter(({ isDefault }) => isDefault);

const LOOP = `
  async #loop() {
    while (this.running) await poll();
  }
`;

/** Shapes in which the place of one edit depends on what another has done before. */
const SHAPES: readonly (readonly [name: string, fileName: string, text: string])[] = [
  [
    'a comment at the head of start',
    'a.ts',
    `export class A {
  running = false;
  async start() {
    // the first words
    if (this.running) return;
    await connect();
    this.running = true;
    this.task = this.#loop();
  }
  async stop() {
    /* the last */ this.running = false; // now
    await this.task;
  }${LOOP}}
`,
  ],
  [
    'a lock of its own over part of start',
    'a.ts',
    `import { Mutex } from 'async-mutex';
export class A {
  readonly #mutex = new Mutex();
  async start() {
    console.log(await config());
    await this.#mutex.runExclusive(async () => {
      if (this.running) return;
      this.running = true;
      this.task = this.#loop();
    });
  }
  async stop() {
    await this.#mutex.runExclusive(async () => {
      this.running = false;
      await this.task;
    });
  }${LOOP}}
`,
  ],
  [
    'start and stop that the class calls too',
    'a.ts',
    `export class A {
  running = false;
  async start() {
    if (this.running) return;
    await connect();
    this.running = true;
    this.task = this.#loop();
    if (!(await isWell())) await this.stop();
  }
  async stop() {
    if (!this.running) return;
    this.running = false;
    await this.task;
  }
  async restart() {
    await this.stop();
    await this.start();
  }${LOOP}}
`,
  ],
  [
    'methods of one call',
    'a.ts',
    `export class A {
  running = false;
  async start() {
    return await this.#begin();
  }
  async stop() {
    return await this.#end();
  }
  async #begin() {
    if (this.running) return;
    await connect();
    this.running = true;
    this.task = this.#loop();
  }
  async #end() {
    this.running = false;
    await this.task;
  }${LOOP}}
`,
  ],
  [
    'promises without async',
    'a.ts',
    `import { createServer } from 'node:net';
export class A {
  private server = createServer();
  private sockets = new Set();
  start(): Promise<void> {
    this.server.on('connection', (socket) => this.sockets.add(socket));
    return new Promise((resolve) => this.server.listen(8080, resolve));
  }
  stop(): Promise<void> {
    if (!this.server.listening) return Promise.resolve();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }
}
`,
  ],
  [
    'promises without async in plain JavaScript',
    'a.cjs',
    `const net = require('node:net')
class A {
  constructor () {
    this.server = net.createServer()
    this.sockets = new Set()
  }
  start () {
    this.server.on('connection', (socket) => this.sockets.add(socket))
    return new Promise((resolve) => this.server.listen(8080, resolve))
  }
  stop () {
    return new Promise((resolve) => this.server.close(resolve))
  }
}
module.exports = A
`,
  ],
  [
    'one drain with a deadline and one without',
    'a.ts',
    `import pTimeout from 'p-timeout';
export class A {
  running = false;
  async start() {
    if (this.running) return;
    await connect();
    this.running = true;
    this.task = this.#loop();
    this.other = this.#loop();
  }
  async stop() {
    this.running = false;
    await pTimeout(this.task, { milliseconds: 500 });
    await this.other;
  }${LOOP}}
`,
  ],
  [
    'deadlines without a flag',
    'a.ts',
    `import { TimeoutError, withTimeout } from 'es-toolkit';
export class A {
  running = false;
  async start() {
    if (this.running) return;
    await connect();
    this.running = true;
    this.task = this.#loop();
  }
  async stop() {
    this.running = false;
    try {
      await withTimeout(() => this.task, 500);
    } finally {
      await disconnect();
    }
  }${LOOP}}
`,
  ],
  [
    'arrow functions in fields',
    'a.ts',
    `export class A {
  private running = false;
  private task: Promise<void> | undefined;
  public start = async (): Promise<void> => {
    if (this.running) return;
    await connect();
    this.running = true;
    this.task = this.loop();
  };
  public stop = async (): Promise<void> => {
    this.running = false;
    await this.task;
  };
  private async loop() {
    while (this.running) await poll();
  }
}
`,
  ],
  [
    'a class on few lines',
    'a.mjs',
    `export class A { #running = false; async start() { if (this.#running) return; await connect(); this.#running = true; this.task = this.loop(); }
async stop() { this.#running = false; await this.task; }
async loop() { while (this.#running) await poll(); } }
`,
  ],
  [
    'no fields, no blank lines and no semicolons',
    'a.mjs',
    `import { connect } from './b.js'
export default class {
  async start() {
    if (this.task) return
    await connect()
    this.running = true
    this.task = this.loop()
  }
  async stop() {
    this.running = false
    const result = await this.task
    this.task = undefined
    return result
  }
  async loop() {
    while (this.running) await connect()
  }
  [Symbol.iterator]() {
    return []
  }
}
`,
  ],
  [
    'directives, and what is returned in branches',
    'a.mjs',
    `export class A {
  async start() {
    'use strict';
    if (this.running) return;
    await connect();
    this.running = true;
    this.task = this.#loop();
  }
  async stop() {
    'use strict';
    if (this.running) {
      this.running = false;
      return this.task.then(() => true);
    }
    return false;
  }${LOOP}}
`,
  ],
  [
    'two services in one file',
    'a.ts',
    ['A', 'B']
      .map(
        (name) => `export class ${name} {
  running = false;
  async start() {
    if (this.running) return;
    await connect();
    this.running = true;
    this.task = this.#loop();
  }
  async stop() {
    this.running = false;
    await this.task;
  }${LOOP}}
`,
      )
      .join('\n'),
  ],
  [
    'a loop in place',
    'a.ts',
    dedent`
      export class A {
        private running = false;
        private ended: Promise<void> = Promise.resolve();
        async run() {
          if (this.running) throw new Error('already running');
          this.running = true;
          let markEnded = () => {};
          this.ended = new Promise((resolve) => { markEnded = resolve; });
          try {
            while (this.running) await poll();
          } finally {
            markEnded();
          }
        }
        async stop() {
          this.running = false;
          await this.ended;
        }
      }
    `,
  ],
];

const SETTINGS: readonly CodemodOptions[] = [
  {},
  { lock: 'inline' },
  { style: 'wrap' },
  { style: 'using' },
  { packages: ['es-toolkit'] },
  { packages: ['es-toolkit'], style: 'wrap' },
  { packages: ['async-lock', 'p-timeout'], nodeMajor: 18 },
];

describe.each(SHAPES)('%s', (_name, fileName, text) => {
  test.each(SETTINGS)('is the same in every order, with %j', (options) => {
    const file = { fileName, text };
    const together = runCodemods(defaults, file, options);
    expect([...resultsOf(defaults, file, options)]).toEqual([[together.text, expect.any(Array)]]);
    expect(runCodemods(defaults, { fileName, text: together.text }, options).text).toBe(together.text);
  });

  test('is changed', () => {
    const { services } = runCodemods(defaults, { fileName, text });
    expect(services.flatMap(({ added }) => added.map(({ codemod }) => codemod))).toContain('add-async-dispose');
  });
});
