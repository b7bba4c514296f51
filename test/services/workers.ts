import { main as appAfter, type Network } from '../../fixtures/services/app-container/after.ts';
import { main as appBefore } from '../../fixtures/services/app-container/before.ts';
import { main as consoleAfter, type Parts as ConsoleParts } from '../../fixtures/services/console-worker/after.ts';
import { main as consoleBefore } from '../../fixtures/services/console-worker/before.ts';
import { main as eventsAfter, type Parts as EventsParts } from '../../fixtures/services/events-worker/after.ts';
import { main as eventsBefore } from '../../fixtures/services/events-worker/before.ts';
import type { Cast } from './driver.ts';
import { letterStoreOf } from './dlq-manager.ts';
import { eventStoreOf } from './event-store-consumer.ts';
import { kafkaOf } from './kafka-producer.ts';
import { clusterOf } from './pod-monitor.ts';
import { sseHttpOf } from './sse-bridge.ts';
import type { RunWorker } from './worker-process.ts';
import type { World } from './world.ts';

/** A main(), ready to be run in a world. */
export interface StagedWorker {
  readonly run: RunWorker;
  /** Gives the worker something to do, which begins at once. */
  readonly work: () => Promise<unknown>;
  readonly operations: Cast['operations'];
}

/** The call of the outside world by which a service starts, and that by which it stops where it makes one. */
export interface ServiceCalls {
  readonly start: string;
  readonly stop?: string;
}

/** A fixture that is a main() which starts several services. */
export interface Worker {
  /** The folder under `fixtures/services/`. */
  readonly name: string;
  readonly kind: 'adapter' | 'background';
  /** What its services do first and last, in the order in which they have to start. */
  readonly services: readonly ServiceCalls[];
  readonly before: (world: World) => StagedWorker;
  readonly after: (world: World) => StagedWorker;
  /** The same of another main() that takes the same parts, such as a codemod leaves it. */
  readonly stage: (main: Main) => (world: World) => StagedWorker;
}

export type Main = (parts: never, ...rest: Parameters<RunWorker>) => Promise<void>;

function eventsWorker(main: (parts: EventsParts, ...rest: Parameters<RunWorker>) => Promise<void>) {
  return (world: World): StagedWorker => {
    const { store, append } = eventStoreOf(world);
    const parts: EventsParts = { events: store, kafka: kafkaOf(world), letters: letterStoreOf(world), logger: world.logger };
    return { run: (...rest) => main(parts, ...rest), work: append, operations: { append } };
  };
}

function consoleWorker(main: (parts: ConsoleParts, ...rest: Parameters<RunWorker>) => Promise<void>) {
  return (world: World): StagedWorker => {
    const { cluster, change } = clusterOf(world);
    const { http, join } = sseHttpOf(world);
    return { run: (...rest) => main({ cluster, http, logger: world.logger }, ...rest), work: change, operations: { change, join } };
  };
}

function appContainer(main: (network: Network, ...rest: Parameters<RunWorker>) => Promise<void>) {
  return (world: World): StagedWorker => {
    const network: Network = {
      open: async (host) => {
        const session = await world.call(`open ${host}`, () => world.resource(host));
        return { end: () => session.close() };
      },
    };
    return { run: (...rest) => main(network, ...rest), work: () => Promise.resolve(), operations: {} };
  };
}

export const workers: readonly Worker[] = [
  {
    name: 'events-worker',
    kind: 'background',
    services: [{ start: 'connect', stop: 'close connection' }, { start: 'open letters', stop: 'close letters' }, { start: 'position' }],
    before: eventsWorker(eventsBefore),
    after: eventsWorker(eventsAfter),
    stage: eventsWorker as Worker['stage'],
  },
  {
    name: 'console-worker',
    kind: 'background',
    services: [
      { start: 'listen', stop: 'close server' },
      { start: 'watch', stop: 'close watch' },
    ],
    before: consoleWorker(consoleBefore),
    after: consoleWorker(consoleAfter),
    stage: consoleWorker as Worker['stage'],
  },
  {
    name: 'app-container',
    kind: 'adapter',
    services: [
      { start: 'open queue', stop: 'close queue' },
      { start: 'open mail', stop: 'close mail' },
    ],
    before: appContainer(appBefore),
    after: appContainer(appAfter),
    stage: appContainer as Worker['stage'],
  },
];
