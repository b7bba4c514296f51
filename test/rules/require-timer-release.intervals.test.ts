import dedent from 'dedent';
import rule from '../../rules/require-timer-release.ts';
import { createRuleTester } from '../rule-tester.ts';

const EVERY = [{ report: 'every' }] as const;

createRuleTester().run('require-timer-release', rule, {
  valid: [
    {
      name: 'hazards: an interval that nothing clears, for which only `every` asks',
      code: dedent`
        export async function stream(response, events) {
          const keepAlive = setInterval(() => response.write(':'), 15_000);
          for await (const event of events) response.write(event);
          response.end();
        }
      `,
    },
    {
      name: 'every: cleared by another handler, by the callback itself, or by somebody who is given the handle',
      code: dedent`
        server.on('connection', (socket) => {
          const ping = setInterval(() => socket.ping(), 30_000).unref();
          socket.on('close', () => clearInterval(ping));
        });
        server.on('connection', (socket) => {
          const check = setInterval(() => { if (socket.closed) clearInterval(check); else socket.ping(); }, 30_000);
        });
        server.on('connection', (socket) => {
          const check = setInterval(() => socket.ping(), 30_000);
          timers.set(socket, check);
        });
        export function useClock(socket) {
          const check = setInterval(() => socket.ping(), 30_000);
          return () => clearInterval(check);
        }
      `,
      options: EVERY,
    },
    {
      name: 'every: what is meant to go on: of the process, of a module, of a server that has been started',
      code: dedent`
        const gauge = setInterval(() => report(), 10_000);
        async function main(config) {
          const gc = setInterval(() => sweep(config), 60_000);
          await serve(config);
          const idle = setInterval(() => {}, 1 << 30);
        }
        export async function serve(app) {
          const sweeper = setInterval(() => app.sweep(), 60_000);
          sweeper.unref();
          await app.listen();
        }
        server.on('listening', (address) => {
          const beat = setInterval(() => announce(address), 60_000);
        });
        app.use((request) => {
          const poll = setInterval(() => request.poll(), 60_000);
        });
      `,
      options: EVERY,
    },
    {
      name: 'every: what is ended is another thing, or is ended in one case only',
      code: dedent`
        export async function copy(source, target) {
          const progress = setInterval(() => target.show(), 1_000);
          await source.read();
          source.close();
        }
        export async function join(room) {
          const presence = setInterval(() => room.tell(), 1_000);
          try {
            await room.enter();
          } catch {
            room.close();
          }
        }
      `,
      options: EVERY,
    },
    {
      name: 'every: one that keeps the process for good, which ends itself',
      code: dedent`
        export async function run(task) {
          const hold = setInterval(() => {}, 1_000);
          await task();
          process.exit(0);
        }
      `,
      options: EVERY,
    },
    {
      name: 'every: a heartbeat in a browser, and one that is not for keeping anything alive',
      code: dedent`
        import { useEffect } from 'react';
        export function usePresence(socket) {
          useEffect(() => {
            const heartbeat = setInterval(() => socket.send('beat'), 10_000);
            return () => clearInterval(heartbeat);
          }, [socket]);
        }
        export async function show(task) {
          const spinner = setInterval(() => task.draw(), 100);
          try { await task.done(); } finally { clearInterval(spinner); }
        }
      `,
      options: EVERY,
    },
    {
      name: 'every: a heartbeat that ends with its connection',
      code: dedent`
        import { once } from 'node:events';
        export async function connect(url) {
          const socket = new WebSocket(url);
          await once(socket, 'open');
          const heartbeat = setInterval(() => socket.send('beat'), 60_000);
          socket.on('close', () => clearInterval(heartbeat));
        }
      `,
      options: EVERY,
    },
  ],
  invalid: [
    {
      name: 'every: the function ends what the interval writes to',
      code: dedent`
        export async function stream(response, events) {
          const keepAlive = setInterval(() => response.write(':'), 15_000);
          for (const event of await events()) response.write(event);
          response.end();
        }
      `,
      options: EVERY,
      errors: [{ messageId: 'forgotten', data: { fn: 'stream' }, line: 2, column: 21, endLine: 2, endColumn: 67 }],
    },
    {
      name: 'every: the stream that it goes with is over',
      code: dedent`
        export const stream = async ({ write, events }) => {
          const timer = setInterval(() => write(':'), 15_000);
          for await (const event of events) write(event);
        };
      `,
      options: EVERY,
      errors: [{ messageId: 'forgotten', data: { fn: '(anonymous function)' }, line: 2, column: 17, endLine: 2, endColumn: 54 }],
    },
    {
      name: 'every: once for each connection, and for each request',
      code: dedent`
        server.on('connection', (socket) => {
          const ping = setInterval(() => socket.ping(), 30_000);
          socket.on('close', () => log('gone'));
        });
        app.get('/events', (request, response) => {
          const beat = setInterval(() => response.write(':'), 30_000).unref();
        });
      `,
      options: EVERY,
      errors: [
        { messageId: 'forgotten', data: { fn: '(anonymous function)' }, line: 2, column: 16, endLine: 2, endColumn: 56 },
        { messageId: 'forgotten', data: { fn: '(anonymous function)' }, line: 6, column: 16, endLine: 6, endColumn: 62 },
      ],
    },
    {
      name: 'every: it does nothing but keep the process alive, and goes on doing so',
      code: dedent`
        export const probe = async (ping) => {
          const ticker = setInterval(() => {}, 10);
          await ping();
        };
      `,
      options: EVERY,
      errors: [{ messageId: 'forgotten', data: { fn: '(anonymous function)' }, line: 2, column: 18, endLine: 2, endColumn: 43 }],
    },
    {
      name: 'every: nothing clears it when what it writes to has come to its end',
      code: dedent`
        export async function stream(response) {
          const beat = setInterval(() => response.write(':'), 15_000);
          await once(response, 'close');
        }
      `,
      options: EVERY,
      errors: [{ messageId: 'forgotten', data: { fn: 'stream' }, line: 2, column: 16, endLine: 2, endColumn: 62 }],
    },
    {
      name: 'every: a keep-alive that is cleared, and meanwhile keeps the process alive',
      code: dedent`
        import { once } from 'node:events';
        export async function stream(response) {
          const keepAlive = setInterval(() => response.write(':'), 15_000);
          try {
            await once(response, 'close');
          } finally {
            clearInterval(keepAlive);
          }
        }
      `,
      options: EVERY,
      errors: [
        {
          messageId: 'keepsAlive', line: 3, column: 21, endLine: 3, endColumn: 67,
          suggestions: [
            {
              messageId: 'release',
              output: dedent`
                import { once } from 'node:events';
                export async function stream(response) {
                  const keepAlive = setInterval(() => response.write(':'), 15_000).unref();
                  try {
                    await once(response, 'close');
                  } finally {
                    clearInterval(keepAlive);
                  }
                }
              `,
            },
          ],
        },
      ],
    },
  ],
});
