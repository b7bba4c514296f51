import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';
import type { ServerEvent } from '../../fixtures/services/sse-keep-alive/after.ts';

export type StreamEvents = (response: ServerResponse, events: AsyncIterable<ServerEvent>, keepAliveMs?: number) => Promise<void>;

/** What is left when the client has gone, the request is over, and the server has closed. */
export interface Leftover {
  /** Intervals that it has set and that keep the process alive; the test runner has timers of its own. */
  readonly timers: number;
  /** How the request ended. */
  readonly outcome: 'rejected' | 'resolved';
  /** What the client has been sent. */
  readonly received: string;
}

/** Longer than any test: no keep-alive is ever due. */
const NEVER_MS = 3_600_000;

/** Streams one event over HTTP, and another one when the client has taken the first: by then it may have gone. */
export async function serveEvents(streamEvents: StreamEvents, clientLeaves: boolean): Promise<Leftover> {
  using set = vi.spyOn(globalThis, 'setInterval');
  using cleared = vi.spyOn(globalThis, 'clearInterval');
  let leave: () => void = () => undefined;
  const left = new Promise<void>((resolve) => (leave = resolve));
  async function* events(): AsyncGenerator<ServerEvent> {
    yield { id: '1', data: 'first' };
    await left;
    yield { id: '2', data: 'second' };
  }
  let end: (outcome: Leftover['outcome']) => void = () => undefined;
  const outcome = new Promise<Leftover['outcome']>((resolve) => (end = resolve));
  const server = createServer((_request, response) => {
    if (clientLeaves) response.once('close', leave);
    streamEvents(response, events(), NEVER_MS).then(
      () => end('resolved'),
      () => end('rejected'),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const request = get({ port, host: '127.0.0.1', agent: false });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  answer.setEncoding('utf8').on('error', () => undefined);
  let received = '';
  answer.on('data', (text: string) => (received += text));
  await once(answer, 'data');
  if (clientLeaves) request.destroy();
  else leave();
  const ended = await outcome;
  if (!answer.closed) await once(answer, 'close');
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
  const intervals = set.mock.results.map(({ value }) => value as NodeJS.Timeout);
  const timers = intervals.filter((interval) => interval.hasRef() && !cleared.mock.calls.some(([handle]) => handle === interval)).length;
  return { timers, outcome: ended, received };
}
