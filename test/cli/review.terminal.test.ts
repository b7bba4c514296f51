import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeRepository } from './project.ts';

const MAIN = join(import.meta.dirname, '../../cli/main.ts');
const TSX = createRequire(import.meta.url).resolve('tsx/esm');
const FEED = `export class Feed {
  async start(): Promise<void> {
    if (this.connection) return;
    this.connection = await connect();
  }
  async stop(): Promise<void> {
    if (!this.connection) return;
    await this.connection.close();
    this.connection = undefined;
  }
}
`;

/** A pseudo terminal of util-linux; other systems have another `script`. */
const { error, stdout: version } = spawnSync('script', ['--version'], { encoding: 'utf8' });
const hasScript = error === undefined && version.includes('util-linux');

/** Types each answer when the question before it has come up. */
async function onTerminal(cwd: string, argv: readonly string[], answers: readonly string[]): Promise<{ readonly status: number | null; readonly screen: string }> {
  const command = [process.execPath, '--import', TSX, MAIN, ...argv].map((part) => `'${part}'`).join(' ');
  const { CI, NO_COLOR, ...env } = process.env;
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], { cwd, env: { ...env, TERM: 'xterm' }, stdio: ['pipe', 'pipe', 'inherit'] });
  let screen = '';
  let asked = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    const questions = screen.match(/\[y,n,a,q,\?\] /g)?.length ?? 0;
    while (asked < questions) child.stdin.write(answers[asked++] ?? '\u0004');
  });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, screen };
}

test.runIf(hasScript)('on a real terminal, shows a coloured diff and what is typed', { timeout: 60_000 }, async () => {
  const { root, read } = makeRepository({ 'package.json': '{ "name": "shop", "type": "module" }', 'src/feed.ts': FEED, 'src/other.ts': FEED.replace('Feed', 'Other') });
  const { status, screen } = await onTerminal(root, ['-i', 'src'], ['y\n', 'n\n']);
  expect(status).toBe(0);
  expect(screen).toContain('\u001B[32m+export class Feed implements AsyncDisposable {\u001B[39m');
  expect(screen).toMatch(/Mend Feed\? \[y,n,a,q,\?\] \S*y\r\n/);
  expect(screen).toContain('1 changed in 1 file, 1 left as you wanted.');
  expect(read('src/feed.ts')).toContain('#lifecycleLock');
  expect(read('src/other.ts')).toBe(FEED.replace('Feed', 'Other'));
});

test.runIf(hasScript)('Ctrl-C ends it with nothing written, Ctrl-D as q does', { timeout: 60_000 }, async () => {
  const { root, read } = makeRepository({ 'package.json': '{ "name": "shop", "type": "module" }', 'a.ts': FEED, 'b.ts': FEED });
  const interrupted = await onTerminal(root, ['-i', '.'], ['y\n', '\u0003']);
  expect(interrupted.status).toBe(130);
  expect([read('a.ts'), read('b.ts')]).toEqual([FEED, FEED]);

  const ended = await onTerminal(root, ['-i', '.'], ['y\n', '\u0004']);
  expect(ended.status).toBe(0);
  expect(read('a.ts')).toContain('#lifecycleLock');
  expect(read('b.ts')).toBe(FEED);
});
