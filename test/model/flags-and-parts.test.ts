import dedent from 'dedent';
import { expect, test } from 'vitest';
import { codeOf, serviceIn } from './parse.ts';

test('a field that start and stop test and set', () => {
  const text = dedent`
    class A {
      async start() {
        if (this.running) return;
        this.running = true;
        this.socket = await open();
      }
      async stop() {
        if (!this.running) return;
        this.running = false;
        this.socket.close();
      }
    }
  `;
  const flags = serviceIn(text).flags.map(({ field, start, stop }) => ({
    field,
    start: [start.tests.length, start.writes.map((node) => codeOf(text, node))],
    stop: [stop.tests.length, stop.writes.map((node) => codeOf(text, node))],
  }));
  expect(flags).toEqual([{ field: 'running', start: [1, ['this.running = true']], stop: [1, ['this.running = false']] }]);
});

test('inner services in the order of each side', () => {
  const text = dedent`
    class App {
      async start() {
        await this.db.connect();
        await this.queue.start();
        await this.http.listen(80);
      }
      async stop() {
        await this.http.close();
        await this.queue.stop();
        await this.db.disconnect();
      }
    }
  `;
  const { started, stopped } = serviceIn(text).parts;
  expect(started.map(({ field }) => field)).toEqual(['db', 'queue', 'http']);
  expect(stopped.map(({ field }) => field)).toEqual(['http', 'queue', 'db']);
});

test('what only one side calls is no inner service', () => {
  const { started, stopped } = serviceIn('class A { async start() { this.sub = await this.db.listen("x"); } async stop() { await this.sub.close(); } }').parts;
  expect([started, stopped]).toEqual([[], []]);
});
