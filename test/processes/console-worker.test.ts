import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { pathToFileURL } from 'node:url';
import { ScriptTarget } from 'typescript';
import { afterEach, describe, expect, test } from 'vitest';
import { compileModules } from '../explorer/compile-modules.ts';
import { Signalled } from './signalled.ts';

const running: Signalled[] = [];

afterEach(() => Promise.all(running.splice(0).map((child) => child.end())));

/** A process that runs the worker, and waits to be told whether there is a cluster to watch. */
async function starting(file: 'after.ts' | 'before.ts'): Promise<Signalled> {
  const worker = compileModules(`fixtures/services/console-worker/${file}`, 'lowered', ScriptTarget.ES2022);
  const child = new Signalled('run-worker', `export { main } from ${JSON.stringify(pathToFileURL(worker).href)};`);
  running.push(child);
  await child.said('watching?');
  return child;
}

async function clientOf(child: Signalled): Promise<IncomingMessage> {
  const port = child.lines.find((line) => line.startsWith('port '))?.slice('port '.length);
  const [response] = (await once(get({ port, host: '127.0.0.1', agent: false }), 'response')) as [IncomingMessage];
  return response.setEncoding('utf8');
}

function afterwards(child: Signalled): readonly string[] {
  return child.lines.filter((line) => !line.startsWith('port ') && line !== 'watching?');
}

describe.skipIf(process.platform === 'win32')('a worker in a process of its own', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('stops in reverse on %s while it runs, and exits with 0', async (signal) => {
    const child = await starting('after.ts');
    child.tell('go');
    await child.said('ready');
    const client = await clientOf(child);
    const [event] = (await once(client, 'data')) as [string];
    expect(event).toContain('event: pod\ndata: {"pod":"web-1","phase":"Failed"}\n\n');
    child.send(signal);
    await once(client.resume(), 'end');
    expect(await child.exitCode()).toBe(0);
    expect(afterwards(child)).toEqual(['ready', `seen ${signal}`, 'watch closed', 'server closed']);
  });

  test('stops in reverse on a SIGTERM while it starts, and exits with 0', async () => {
    const child = await starting('after.ts');
    child.send('SIGTERM');
    await child.said('seen SIGTERM');
    child.tell('go');
    expect(await child.exitCode()).toBe(0);
    expect(afterwards(child)).toEqual(['seen SIGTERM', 'ready', 'watch closed', 'server closed']);
  });

  test('stops what it has started where a start fails, and exits with 1', async () => {
    const child = await starting('after.ts');
    child.tell('fail');
    expect(await child.exitCode()).toBe(1);
    expect(afterwards(child)).toEqual(['server closed', 'failed: no cluster']);
  });

  test('before.ts goes on listening where a start fails, when main() has long ended', async () => {
    const child = await starting('before.ts');
    child.tell('fail');
    await child.said('failed: no cluster');
    expect(afterwards(child)).toEqual(['failed: no cluster']);
    const client = await clientOf(child);
    expect(client.statusCode).toBe(200);
    client.destroy();
  });

  test('before.ts closes the server under the monitor, which still runs', async () => {
    const child = await starting('before.ts');
    child.tell('go');
    await child.said('ready');
    child.send('SIGTERM');
    expect(await child.exitCode()).toBe(0);
    expect(afterwards(child).filter((line) => line.endsWith(' closed'))).toEqual(['server closed', 'watch closed']);
  });
});
