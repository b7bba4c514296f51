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
  expect(written).toContain('Reading 2000 of 4000 files, 1998 a second, 2 s left');
  expect(progress.report(2001)).toBeUndefined();
  now.mockReturnValue(1200);
  await progress.report(3000);
  progress.stop();
  expect(written).toContain('Reading 3000 of 4000 files, 2500 a second, 1 s left');
  expect(written).toContain('\u001B[?25h');
});

test.each([
  [0, 2000, 'Reading 0 of 4000 files'],
  [3, 2000, 'Reading 3 of 4000 files, 1.5 a second, 44 min 25 s left'],
  [40, 2000, 'Reading 40 of 4000 files, 20 a second, 3 min 18 s left'],
])('after %i files in %i ms: %s', async (done, elapsed, line) => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(500);
  const progress = start(true);
  now.mockReturnValue(500 + elapsed);
  await progress.report(done);
  progress.stop();
  expect(written).toMatch(new RegExp(`${line}(?:\\u001B|\\s|$)`));
});

test.each([
  ['piped', false, {}],
  ['in CI', true, { CI: 'true' }],
  ['on a dumb terminal', true, { TERM: 'dumb' }],
])('%s, says nothing', (_, isTerminal, env) => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  const progress = start(isTerminal, env);
  now.mockReturnValue(5000);
  expect(progress.report(1)).toBeUndefined();
  progress.stop();
  expect(written).toBe('');
});
