import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import latchShutdownSignals from '../../codemods/latch-shutdown-signals.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { Signalled } from './signalled.ts';

const textOf = (file: string): string => readFileSync(new URL(`../../fixtures/services/bot-shutdown/${file}`, import.meta.url), 'utf8');

function mended(): string {
  const { text, services } = runCodemods([latchShutdownSignals], { fileName: 'before.ts', text: textOf('before.ts') });
  expect(services.flatMap(({ added }) => added.map(({ what }) => what))).toEqual(['shutdown latch']);
  return text;
}

const running: Signalled[] = [];

afterEach(() => Promise.all(running.splice(0).map((child) => child.end())));

async function botOf(text: string, stopTimeoutMs = 60_000): Promise<Signalled> {
  const child = new Signalled('shut-down-bot', text, String(stopTimeoutMs));
  running.push(child);
  await child.said('ready');
  return child;
}

const heardOf = ({ lines }: Signalled, word: string): readonly string[] => lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

describe.skipIf(process.platform === 'win32')('a session that hangs', () => {
  test('before.ts never comes to the one after it', async () => {
    const child = await botOf(textOf('before.ts'));
    child.send('SIGTERM');
    await child.said('stopping b');
    await child.said('seen SIGTERM');
    expect(heardOf(child, 'stopping')).toEqual(['a', 'b']);
    expect(heardOf(child, 'stopped')).toEqual(['a']);
  });

  test('after.ts stops the others, gives it up and tells so by its exit code', async () => {
    const child = await botOf(textOf('after.ts'), 100);
    child.send('SIGTERM');
    expect(await child.exitCode()).toBe(1);
    expect(heardOf(child, 'stopping')).toEqual(['a', 'b', 'c']);
    expect(heardOf(child, 'stopped')).toEqual(['a', 'c']);
    expect(child.lines).toContain('b: session did not stop');
  });
});

describe.skipIf(process.platform === 'win32')('SIGTERM behind SIGINT', () => {
  test('before.ts stops the first session again', async () => {
    const child = await botOf(textOf('before.ts'));
    child.send('SIGINT');
    await child.said('stopping b');
    child.send('SIGTERM');
    await child.said('seen SIGTERM');
    expect(heardOf(child, 'stopping')).toEqual(['a', 'b', 'a', 'b']);
  });

  test.each([
    ['after.ts', textOf('after.ts')],
    ['what latch-shutdown-signals makes of before.ts', mended()],
  ])('%s stops each session once', async (_name, text) => {
    const child = await botOf(text);
    child.send('SIGINT');
    await child.said('seen SIGINT');
    child.send('SIGTERM');
    await child.said('seen SIGTERM');
    child.tell('let b go');
    expect(await child.exitCode()).toBe(0);
    expect(heardOf(child, 'stopping')).toEqual(['a', 'b', 'c']);
  });
});
