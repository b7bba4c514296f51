import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import latchShutdownSignals from '../../codemods/latch-shutdown-signals.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { Signalled } from './signalled.ts';

const textOf = (file: string): string => readFileSync(new URL(`../../fixtures/services/http-server-plugin/${file}`, import.meta.url), 'utf8');

function mended(): string {
  const { text, services } = runCodemods([latchShutdownSignals], { fileName: 'before.ts', text: textOf('before.ts') });
  expect(services.flatMap(({ added }) => added.map(({ what }) => what))).toEqual(['shutdown latch']);
  return text;
}

const running: Signalled[] = [];

afterEach(() => Promise.all(running.splice(0).map((child) => child.end())));

/** What a process does that is sent SIGINT and, 40 ms later, SIGTERM while its drain goes on, and how it exits once drains end. */
async function interruptedAndTerminated(text: string, until: string): Promise<{ readonly drains: number; readonly exitCode: number | null }> {
  const child = new Signalled('shut-down-server', text);
  running.push(child);
  await child.said('ready');
  child.send('SIGINT');
  await child.said('drain 1');
  await sleep(40);
  child.send('SIGTERM');
  await child.said(until);
  child.tell('let the drains end');
  const exitCode = await child.exitCode();
  return { drains: child.lines.filter((line) => line.startsWith('drain ')).length, exitCode };
}

describe.skipIf(process.platform === 'win32')('SIGINT, and SIGTERM while the pool drains', () => {
  test('before.ts drains it twice', async () => {
    expect(await interruptedAndTerminated(textOf('before.ts'), 'drain 2')).toEqual({ drains: 2, exitCode: 0 });
  });

  test.each([
    ['after.ts', textOf('after.ts')],
    ['what latch-shutdown-signals makes of before.ts', mended()],
  ])('%s drains it once, and exits with 0', async (_name, text) => {
    expect(await interruptedAndTerminated(text, 'seen SIGTERM')).toEqual({ drains: 1, exitCode: 0 });
  });
});
