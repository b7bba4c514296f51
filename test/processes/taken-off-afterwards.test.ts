import { afterEach, describe, expect, test } from 'vitest';
import latchShutdownSignals from '../../codemods/latch-shutdown-signals.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { Signalled } from './signalled.ts';

const BEFORE = `
export function listen(session) {
  const shutdown = async () => {
    await session.close();
    await session.end();
  };
  process.once('SIGINT', shutdown);
  process.once('SIGTERM', shutdown);
}
`;
const AFTER = runCodemods([latchShutdownSignals], { fileName: 'before.ts', text: BEFORE }).text;

const running: Signalled[] = [];

afterEach(() => Promise.all(running.splice(0).map((child) => child.end())));

/** A process that has been sent SIGINT and then SIGTERM while it closes, and has then been let go. */
async function closed(text: string): Promise<Signalled> {
  const child = new Signalled('close-session', text);
  running.push(child);
  await child.said('ready');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    child.send(signal);
    await child.said(`seen ${signal}`);
  }
  child.tell('go');
  await child.said('ended');
  return child;
}

describe.skipIf(process.platform === 'win32')('a shutdown that leaves the end of the process to something else', () => {
  test('begins a second time without a latch', async () => {
    const child = await closed(BEFORE);
    expect(child.lines.filter((line) => line === 'closing')).toHaveLength(2);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('runs once with it, and %s ends the process afterwards', async (signal) => {
    const child = await closed(AFTER);
    child.send(signal);
    expect(await child.exitCode()).toBeNull();
    expect(child.lines.filter((line) => line === 'closing')).toHaveLength(1);
  });
});
