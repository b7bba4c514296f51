import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A remote cache for one run, which keeps what it is given under the path that it is given it by. Turborepo and Nx both ask no more. */
export async function startCacheServer(): Promise<{ readonly url: string; readonly size: () => number; readonly close: () => void }> {
  const kept = new Map<string, Buffer>();
  const server = createServer((request, response) => void answer(request, response, kept));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, size: () => kept.size, close: () => void server.close() };
}

async function answer(request: IncomingMessage, response: ServerResponse, kept: Map<string, Buffer>): Promise<void> {
  const [path = ''] = (request.url ?? '').split('?');
  const body = await buffer(request);
  if (request.method === 'PUT') {
    kept.set(path, body);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    return;
  }
  if (request.method === 'POST') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    return;
  }
  const found = kept.get(path);
  if (found === undefined) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': found.length }).end(found);
}
