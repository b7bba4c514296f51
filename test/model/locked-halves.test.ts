import { expect, test } from 'vitest';
import { parse } from '../../codemods/parse.ts';
import { servicesOf } from '../../model/services-of.ts';
import type { Service } from '../../model/service.ts';

function serviceIn(text: string): Service {
  const [service] = servicesOf(parse('a.ts', text));
  if (service === undefined) throw new Error('no service');
  return service;
}

const LOCKED = `
import { Mutex } from 'async-mutex';
class A {
  #lock = new Mutex();
  async start() { await this.#lock.acquire(); try { return await this.#startLocked(); } finally { this.#lock.release(); } }
  async #startLocked() {
    if (this.running) return;
    this.running = true;
    this.task = this.#loop();
    if (!(await isWell())) await this.#stopLocked();
  }
  async stop() { await this.#lock.acquire(); try { return await this.#stopLocked(); } finally { this.#lock.release(); } }
  async #stopLocked() {
    this.running = false;
    await this.task;
  }
  async #loop() { while (this.running) await poll(); }
}
`;

test('what runs under the lock of stop is stop itself, also where start calls it', () => {
  const service = serviceIn(LOCKED);
  expect(service.kind).toBe('background');
  expect(service.drains.map(({ method, bounded }) => [method, bounded])).toEqual([['#stopLocked', 'no']]);
});

test('a method of another name that stop calls under its lock is one of its own', () => {
  const service = serviceIn(LOCKED.replaceAll('#stopLocked', '#quit'));
  expect(service.drains.map(({ method }) => method)).not.toContain('#quit');
});

test('the close of an abstract base hands on under a lock as it does without one', () => {
  const base = (close: string): string => `
    import { Mutex } from 'async-mutex';
    abstract class A {
      lock = new Mutex();
      async connect(transport: Transport) {
        this.transport = transport;
        this.transport.on('message', (message) => this.take(message));
        await this.transport.start();
      }
      ${close}
    }
  `;
  expect(serviceIn(base('async close() { await this.transport.close(); }')).drains).toEqual([]);
  expect(serviceIn(base('async close() { return this.lock.runExclusive(() => this.closeLocked()); } private async closeLocked() { await this.transport.close(); }')).drains).toEqual([]);
});
