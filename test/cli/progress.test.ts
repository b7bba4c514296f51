import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startProgress } from '../../cli/progress.ts';

let written = '';

beforeEach(() => {
  written = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
  vi.stubEnv('CI', undefined);
  for (const name of ['clearLine', 'cursorTo', 'moveCursor']) Object.defineProperty(process.stderr, name, { value: () => true, configurable: true });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const name of ['clearLine', 'cursorTo', 'moveCursor', 'isTTY']) Reflect.deleteProperty(process.stderr, name);
});

function start(isTerminal: boolean, env: Readonly<Record<string, string>> = {}): ReturnType<typeof startProgress> {
  Object.defineProperty(process.stderr, 'isTTY', { value: isTerminal, configurable: true });
  return startProgress(4000, { cwd: '/', env, stdout: process.stdout, stderr: process.stderr });
}

test('on a terminal, says after a second how far it is, and takes the line away in the end', async () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  const progress = start(true);
  now.mockReturnValue(999);
  expect(progress.report(1000)).toBeUndefined();
  now.mockReturnValue(1001);
  await progress.report(2000);
  expect(written).toContain('Reading 2000 of 4000 files');
  expect(progress.report(2001)).toBeUndefined();
  now.mockReturnValue(1200);
  await progress.report(3000);
  progress.stop();
  expect(written).toContain('Reading 3000 of 4000 files');
  expect(written).toContain('\u001B[?25h');
});

test.each([
  ['piped', false, {}],
  ['in CI', true, { CI: 'true' }],
])('%s, says nothing', (_, isTerminal, env) => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  const progress = start(isTerminal, env);
  now.mockReturnValue(5000);
  expect(progress.report(1)).toBeUndefined();
  progress.stop();
  expect(written).toBe('');
});
