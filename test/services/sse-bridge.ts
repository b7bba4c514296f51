import { SseBridge as After, type Logger, type SseClient, type SseHttp } from '../../fixtures/services/sse-bridge/after.ts';
import { SseBridge as Before } from '../../fixtures/services/sse-bridge/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import { settle } from './settle.ts';
import { undisposable } from './undisposable.ts';
import type { World } from './world.ts';

type Bridge = Lifecycle & { publish(event: string, data: unknown): Promise<number> };
type BridgeClass = new (http: SseHttp, port: number, logger: Logger) => Bridge;

const KEEP_ALIVE_MS = 15_000;

/** A server to which `join` connects one client after the other, as long as it listens; `received` is what they have been sent. */
export function sseHttpOf(world: World): { readonly http: SseHttp; readonly join: () => Promise<void>; readonly received: readonly string[] } {
  const received: string[] = [];
  const listening = new Set<(client: SseClient) => void>();
  return {
    received,
    http: {
      listen: async (_port, connected) => {
        const server = await world.call('listen', () => world.resource('server'));
        listening.add(connected);
        return {
          close: () => {
            listening.delete(connected);
            return server.close();
          },
        };
      },
    },
    join: async () => {
      for (const connected of listening) connected({ write: (text) => void received.push(text), end: () => void received.push('end') });
    },
  };
}

export const sseBridge: Driver = {
  name: 'sse-bridge',
  className: 'SseBridge',
  kind: 'background',
  drainMs: 10_000,
  before: Before satisfies BridgeClass,
  after: After satisfies BridgeClass,

  build(Service: BridgeClass, world: World): Cast {
    const { http, join, received } = sseHttpOf(world);
    const service = new Service(http, 8080, world.logger);
    const publish = (): Promise<unknown> => service.publish('pod', { phase: 'Failed' });
    return {
      service,
      async work() {
        await join();
        await world.timers.advance(KEEP_ALIVE_MS);
        await publish();
        return received.join('') === ': keep-alive\n\nevent: pod\ndata: {"phase":"Failed"}\n\n';
      },
      async hang() {
        world.hold('close server');
        await settle();
      },
      operations: { join, publish },
    };
  },

  faults: [undisposable('SseBridge', ['server', `interval ${KEEP_ALIVE_MS} ms`])],
};
