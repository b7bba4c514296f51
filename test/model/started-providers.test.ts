import { expect, test } from 'vitest';
import { startedProvidersOf } from '../../model/read-providers.ts';
import { codeOf, parse } from './parse.ts';

/** What is handed out started: by whom, how, of which service, and whether it is stopped. */
function providersIn(text: string): readonly string[] {
  const source = parse(text);
  return startedProvidersOf(source).map(
    ({ kind, name, start, isAwaited, service, stopped }) => `${kind} ${name}: ${isAwaited ? 'await ' : ''}${codeOf(text, start)} of ${service?.name ?? '?'}, stopped ${stopped}`,
  );
}

const BUS = 'class Bus { async start() { this.socket = await dial(); } async stop() { await this.socket.end(); } }';

test.each([
  ['({ useFactory: async () => { const bus = new Bus(); await bus.start(); return bus; } })', ['container useFactory: await bus.start() of Bus, stopped no']],
  ['({ async useFactory() { const bus = new Bus(); await bus.start(); return bus; } })', ['container useFactory: await bus.start() of Bus, stopped no']],
  ['asFunction(function () { const bus = new Bus(); bus.start(); return bus; })', ['container asFunction: bus.start() of Bus, stopped no']],
  ["container.register('bus', () => { const bus = new Bus(); bus.start(); return bus; })", ['container container.register: bus.start() of Bus, stopped no']],
  ["plugins.register('bus', () => { const bus = new Bus(); bus.start(); return bus; })", []],
  ['({ useFactory: async () => { const other = new Other(); await other.start(); return other; } })', ['container useFactory: await other.start() of ?, stopped unknown']],
  ['({ useFactory: async () => { let bus; bus = new Bus(); await bus.start(); return bus; } })', []],
  ['({ useFactory: () => { const bus = new Bus(); on(async () => { await bus.start(); }); return bus; } })', []],
  ['({ useFactory: async () => { const bus = await getBus(); await bus.start(); return bus; } })', []],
])('a container: %s', (code, expected) => {
  expect(providersIn(`class Bus { async start() { this.socket = await dial(); } async stop() { this.socket = undefined; } } ${code};`)).toEqual(expected);
});

test('two steps of one start', () => {
  expect(providersIn("import { Queue } from 'node-resque'; ({ useFactory: async () => { const queue = new Queue(); await queue.connect(); await queue.start(); return queue; } });")).toEqual([
    'container useFactory: await queue.connect() of ?, stopped no',
  ]);
});

test('a container whose file stops something, or has a hook for it', () => {
  expect(providersIn(`${BUS} ({ useFactory: async () => { const bus = new Bus(); await bus.start(); return bus; } });`)).toEqual([
    'container useFactory: await bus.start() of Bus, stopped yes',
  ]);
  expect(providersIn('({ useFactory: async () => { const a = new A(); await a.start(); return a; } }); class M { onModuleDestroy() {} }')).toEqual([
    'container useFactory: await a.start() of ?, stopped yes',
  ]);
});

test.each([
  ['async function createBus() { const bus = new Bus(); await bus.start(); return bus; }', ['factory createBus: await bus.start() of Bus, stopped no']],
  ['const makeBus = async () => { const bus = new Bus(); await bus.start(); return bus; };', ['factory makeBus: await bus.start() of Bus, stopped no']],
  ['async function provideBus() { const bus = new Bus(); await bus.start(); return await bus; }', ['factory provideBus: await bus.start() of Bus, stopped no']],
  ['async function createBus() { const bus = new Bus(); await bus.start(); bus.on("x", log); return bus as Started; }', ['factory createBus: await bus.start() of Bus, stopped no']],
  ['async function createBus() { const bus = new Bus(); onClose(() => bus.stop()); await bus.start(); return bus; }', ['factory createBus: await bus.start() of Bus, stopped yes']],
  ['async function createBus(s) { const bus = s.use(new Bus()); await bus.start(); return bus; }', []],
  ['async function createBus() { const bus = new Bus(); all.push(bus); await bus.start(); return bus; }', ['factory createBus: await bus.start() of Bus, stopped yes']],
  ['async function createBus() { const bus = new Bus(); all = [bus]; await bus.start(); return bus; }', ['factory createBus: await bus.start() of Bus, stopped yes']],
  ['async function createBus() { const bus = new Bus(); if (x) return bus; await bus.start(); }', []],
  ['async function createBus() { const bus = new Bus(); await bus.start(); return { bus }; }', []],
  ['async function createBus() { const bus = new Bus(); { const bus = new Bus(); await bus.start(); } return bus; }', []],
  ['async function createRunningBus() { const bus = new Bus(); await bus.start(); return bus; }', []],
  ['async function recreate() { const bus = new Bus(); await bus.start(); return bus; }', []],
  ['class Factory { async createBus() { const bus = new Bus(); await bus.start(); return bus; } }', []],
  ['async function createClient() { const client = new Client(); await client.connect(); return client; }', []],
])('a factory: %s', (code, expected) => {
  expect(providersIn(`${BUS} ${code}`)).toEqual(expected);
});

test.each([
  ["import { createClient } from 'redis';", 'createClient()', 'no'],
  ["import * as Redis from 'redis';", 'Redis.createClient()', 'no'],
  ["const redis = require('redis');", 'redis.createClient()', 'no'],
  ["import net from 'node:net';", 'net.createConnection(80)', 'no'],
  ["import { Kafka } from 'kafkajs'; const kafka = new Kafka();", 'kafka.producer()', 'no'],
  ["import { Client } from './client.js';", 'new Client()', 'unknown'],
  ["import { Client } from '@app/client';", 'new Client()', 'unknown'],
  ["import { Client } from 'src/client';", 'new Client()', 'unknown'],
  ['declare const Client: any;', 'new Client()', 'unknown'],
])('where it comes from: %s', (prelude, made, stopped) => {
  const text = `${prelude} ({ useFactory: async () => { const client = ${made}; await client.connect(); return client; } });`;
  expect(providersIn(text)).toEqual([`container useFactory: await client.connect() of ?, stopped ${stopped}`]);
});
