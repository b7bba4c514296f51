import dedent from 'dedent';
import rule from '../../rules/prefer-await-using.ts';
import { createRuleTester } from '../rule-tester.ts';

const EVERY = [{ report: 'every' }] as const;

createRuleTester().run('prefer-await-using', rule, {
  valid: [
    {
      name: 'a container that is given, and one that can end what it has built',
      code: dedent`
        class Container {
          resolve(provider) { return provider(this); }
          async disposeAll() {}
        }
        export async function serve() {
          const container = new Container();
          const queue = await container.resolve(provideQueue);
          await queue.start();
          await queue.flush();
          await queue.stop();
        }
        export async function work(container) {
          const queue = await container.resolve(provideQueue);
          await queue.start();
          await queue.flush();
          await queue.stop();
        }
      `,
      options: EVERY,
    },
    {
      name: 'a container of another file, one that derives from another, and one that is no class',
      code: dedent`
        import { Container } from 'inversify';
        class Own extends Container {}
        export async function serve() {
          const container = new Container();
          const queue = await container.get(QUEUE);
          await queue.start();
          await queue.flush();
          await queue.stop();
        }
        export async function work() {
          const container = new Own();
          const queue = await container.get(QUEUE);
          await queue.start();
          await queue.flush();
          await queue.stop();
        }
        export async function run() {
          const container = { get: () => shared };
          const queue = container.get(QUEUE);
          await queue.start();
          await queue.flush();
          await queue.stop();
        }
      `,
      options: EVERY,
    },
    {
      name: 'asked for each of a list, and kept; or not waited for',
      code: dedent`
        class Feed {
          async start() { this.session = await connect(); }
          async stop() { await this.session?.close(); }
          async send(text) { await this.session?.send(text); }
          async subscribe(text) { await this.session?.on(text); }
        }
        export async function collect(topics) {
          const feed = new Feed();
          await feed.start();
          await Promise.all(topics.map((topic) => feed.subscribe(topic)));
        }
        export async function later(lines) {
          const feed = new Feed();
          await feed.start();
          lines.map((line) => feed.send(line));
        }
        export async function gather(lines) {
          const feed = new Feed();
          await feed.start();
          return await Promise.all(lines.map((line) => feed.send(line)));
        }
      `,
      options: EVERY,
    },
    {
      name: 'every: a stack that is disposed of, moved, handed on, or kept for good',
      code: dedent`
        const whole = new AsyncDisposableStack();
        whole.defer(close);
        export async function run(files) {
          const stack = new AsyncDisposableStack();
          try {
            stack.use(await files.open());
          } finally {
            await stack.disposeAsync();
          }
          const given = new DisposableStack();
          given.defer(close);
          files.keep(given);
          const moved = new AsyncDisposableStack();
          moved.use(files);
          files.stack = moved.move();
          const closer = new DisposableStack();
          closer.defer(close);
          const empty = new DisposableStack();
          return () => closer[Symbol.dispose]();
        }
        export async function use(files) {
          await using stack = new AsyncDisposableStack();
          stack.use(files);
        }
      `,
      options: EVERY,
    },
    {
      name: 'a stream that may go on for as long as the process',
      code: dedent`
        class Feed {
          async start() { this.session = await connect(); }
          async stop() { await this.session?.close(); }
          async send(text) { await this.session?.send(text); }
        }
        export async function forward(lines) {
          const feed = new Feed();
          await feed.start();
          for await (const line of lines) await feed.send(line);
        }
      `,
      options: EVERY,
    },
  ],
  invalid: [
    {
      name: 'what comes out of a container of its own',
      code: dedent`
        class Container {
          resolve(provider) { return provider(this); }
        }
        export async function serve() {
          const container = new Container();
          const queue = await container.resolve(provideQueue);
          await queue.start();
          await queue.flush();
          await queue.stop();
        }
      `,
      options: EVERY,
      errors: [{ messageId: 'skipped', data: { variable: 'queue', stop: 'queue.stop()', line: 9, fails: 8 }, line: 7, column: 9, endLine: 7, endColumn: 22,
          suggestions: [
            {
              messageId: 'stopAtEnd',
              output: dedent`
                class Container {
                  resolve(provider) { return provider(this); }
                }
                export async function serve() {
                  const container = new Container();
                  const queue = await container.resolve(provideQueue);
                  await queue.start();
                  try {
                    await queue.flush();
                  } finally {
                    await queue.stop();
                  }
                }
              `,
            },
          ] }],
    },
    {
      name: 'every: stacks that nobody disposes of',
      code: dedent`
        export async function mirror(text) {
          const stack = new AsyncDisposableStack();
          const left = stack.use(new Store('left'));
          await left.put(text);
          const marks = new DisposableStack();
          marks.defer(() => unmark());
        }
      `,
      options: EVERY,
      errors: [
        { messageId: 'undisposed', data: { variable: 'stack', line: 3, keyword: 'await using' }, line: 2, column: 17, endLine: 2, endColumn: 43 },
        { messageId: 'undisposed', data: { variable: 'marks', line: 6, keyword: 'using' }, line: 5, column: 17, endLine: 5, endColumn: 38 },
      ],
    },
    {
      name: 'sent each of a list, or all of a stream whose number is returned',
      code: dedent`
        class Feed {
          async start() { this.session = await connect(); }
          async stop() { await this.session?.close(); }
          async send(text) { await this.session?.send(text); }
        }
        export async function publish(lines) {
          const feed = new Feed();
          await feed.start();
          await Promise.all(lines.map((line) => feed.send(line)));
        }
        export async function copy(lines) {
          let count = 0;
          const feed = new Feed();
          await feed.start();
          for await (const line of lines) {
            await feed.send(line);
            count += 1;
          }
          return count;
        }
      `,
      options: EVERY,
      errors: [
        { messageId: 'unstopped', line: 8, column: 9, endLine: 8, endColumn: 21 },
        { messageId: 'unstopped', line: 14, column: 9, endLine: 14, endColumn: 21 },
      ],
    },
  ],
});
