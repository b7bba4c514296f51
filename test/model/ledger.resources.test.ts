import dedent from 'dedent';
import { expect, test } from 'vitest';
import { serviceIn } from './parse.ts';
import { resourcesIn } from './ledger-of.ts';

test('handles, each with the place that ends it', () => {
  const text = dedent`
    class A {
      async start() {
        this.abort = new AbortController();
        this.server = createServer(handle).listen(80);
        this.watcher = watch('.');
        this.worker = new Worker('w.js');
        this.child = spawn('cmd');
        this.removeListener2 = this.bus.subscribe('x', f);
        this.sockets.add(new WebSocket(url));
        await ready();
      }
      async stop() {
        this.abort.abort();
        this.server.close();
        await this.worker.terminate();
        this.removeListener2();
        for (const socket of this.sockets) socket.close();
        supervise(this.child);
      }
    }
  `;
  expect(resourcesIn(text)).toEqual([
    'abort new AbortController() in field abort, released yes at 13',
    'server createServer(…) in field server, released yes at 14',
    'watcher watch(…) in field watcher, released no',
    'worker new Worker(…) in field worker, released yes at 15',
    'child spawn(…) in field child, released unknown',
    'subscription this.bus.subscribe(…) in field removeListener2, released yes at 16',
    'socket new WebSocket(…) in collection sockets, released yes at 17',
  ]);
});

test('listeners: taken back, ended by a signal, going with an emitter of its own, or left', () => {
  const text = dedent`
    class A {
      #queue = new Queue();
      constructor(bus, network) { this.bus = bus; this.network = network; }
      async start() {
        this.bus.on('a', this.onA);
        this.bus.events.on('b', () => {});
        this.network.addEventListener('c', this.onC, { signal: this.abort.signal });
        this.#queue.on('d', this.onD);
        process.on('SIGINT', this.onInt);
        await ready();
      }
      async stop() {
        this.bus.off('a', this.onA);
        this.abort.abort();
        await quiet();
      }
    }
  `;
  expect(resourcesIn(text)).toEqual([
    'listener this.bus.on(…) nowhere, released yes at 13',
    'listener this.bus.events.on(…) nowhere, released no',
    'listener this.network.addEventListener(…) nowhere, released yes at 14',
    'listener this.#queue.on(…) nowhere, released unknown',
    'listener process.on(…) nowhere, released no',
  ]);
});

test('inner services that the class has made', () => {
  const text = dedent`
    class A {
      #a = new Poller();
      #b = new Poller();
      constructor(given) { this.given = given; }
      async start() { await this.#a.start(); await this.#b.start(); await this.given.start(); }
      async stop() { await this.#a.stop(); }
    }
  `;
  expect(resourcesIn(text)).toEqual(['service this.#a.start() in field #a, released yes at 6', 'service this.#b.start() in field #b, released no']);
});

test('settings add to the table', () => {
  const text = 'class A { async start() { this.feed = await follow(1); } async stop() { this.feed.unfollow(); await b(); } }';
  expect(resourcesIn(text)).toEqual([]);
  expect(resourcesIn(text, { resources: [{ acquire: 'follow', release: ['unfollow'] }] })).toEqual(['subscription follow(…) in field feed, released yes at 1']);
  expect(resourcesIn(text, { resources: [{ acquire: 'follow', release: ['leave'] }] })).toEqual(['subscription follow(…) in field feed, released no']);
});

test('read once, when it is asked for, and frozen', () => {
  const service = serviceIn('class A { async start() { this.t = setInterval(f, 5); await a(); } async stop() { clearInterval(this.t); } }');
  const { ledger } = service;
  expect(service.ledger).toBe(ledger);
  expect(Object.getOwnPropertyDescriptor(service, 'ledger')).not.toHaveProperty('value');
  for (const part of [ledger, ledger.entries, ledger.timers, ledger.timers[0], ledger.timers[0]?.releases]) expect(Object.isFrozen(part)).toBe(true);
});
