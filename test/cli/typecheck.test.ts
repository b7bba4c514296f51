import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultEngine } from '../../cli/default-engine.ts';
import { makeRepository, run } from './project.ts';

const FEED = `import { listen, type Server } from './net.js';
export class Feed {
  private server: Server | undefined;
  async start(): Promise<void> {
    if (this.server) return;
    this.server = await listen();
  }
  async stop(): Promise<void> {
    await this.server?.close();
    this.server = undefined;
  }
}
`;
const NET = 'export interface Server { close(): Promise<void> }\nexport async function listen(): Promise<Server> { return { async close() {} }; }\n';

const config = (lib: readonly string[]): string => JSON.stringify({ compilerOptions: { module: 'nodenext', target: 'es2022', strict: true, types: [], lib }, include: ['*.ts'] });
const MANIFEST = '{ "name": "x", "type": "module", "engines": { "node": ">=20" } }';

const FILES = {
  'old/package.json': MANIFEST,
  'old/tsconfig.json': config(['es2022']),
  'old/feed.ts': FEED,
  'old/net.ts': NET,
  'new/package.json': MANIFEST,
  'new/tsconfig.json': config(['es2022', 'esnext.disposable', 'dom']),
  'new/feed.ts': FEED,
  'new/net.ts': NET,
};

test('a project that would have more type errors is left whole, with the errors; the others are written', async () => {
  const { root, read } = makeRepository(FILES);
  const { exitCode, stdout } = await run(root, ['--typecheck', '.'], defaultEngine);
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(/Failed\n {2}old +not changed \(old\/feed\.ts\): it would have \d type errors? more\n/);
  expect(stdout).toMatch(/ {2}old\/feed\.ts:\d+:1 +would be a type error: .*AsyncDisposable/);
  expect(stdout).toContain('old/feed.ts:2:1  Feed: its project would have more type errors (add-lifecycle-lock)');
  expect(read('old/feed.ts')).toBe(FEED);
  expect(read('new/feed.ts')).toContain('implements AsyncDisposable');
  // async-mutex is not installed, which the summary says, and which is no reason to leave it.
  expect(read('new/feed.ts')).toContain("from 'async-mutex'");
  expect(stdout).toContain('cd new && npm install async-mutex');
});

test('without it, nothing is compiled', async () => {
  const { root, read } = makeRepository(FILES);
  const engine = { ...defaultEngine, loadOpenProject: () => Promise.reject(new Error('it was')) };
  expect((await run(root, ['.'], engine)).exitCode).toBe(0);
  expect(read('old/feed.ts')).toContain('AsyncDisposable');
});

test('errors that were there before keep nothing from being mended', async () => {
  const { root, read } = makeRepository({ ...FILES, 'new/net.ts': `${NET}export const wrong: number = 'text';\n` });
  expect((await run(root, ['--typecheck', 'new'], defaultEngine)).exitCode).toBe(0);
  expect(read('new/feed.ts')).toContain('implements AsyncDisposable');
});

test('a preview leaves it out too', async () => {
  const { root } = makeRepository(FILES);
  const { exitCode, stdout } = await run(root, ['--typecheck', '--dry-run', 'old'], defaultEngine);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
});

test('the new file that would be imported is checked with it', async () => {
  const { read, at } = makeRepository(FILES);
  const { exitCode, stdout } = await run(at('new'), ['--typecheck', '--lock=inline', '.'], defaultEngine);
  expect(exitCode).toBe(2);
  // It asks for the types of Node, which this project does not have.
  expect(stdout).toContain("lifecycle-lock.ts:1:1  would be a type error: Cannot find name 'node:async_hooks'.");
  expect(existsSync(at('new/lifecycle-lock.ts'))).toBe(false);
  expect(read('new/feed.ts')).toBe(FEED);
});

test('a tsconfig.json that cannot be used is one line', async () => {
  const { root, read } = makeRepository({ ...FILES, 'old/tsconfig.json': '{ "extends": "./nowhere.json" }' });
  const { exitCode, stderr } = await run(root, ['--typecheck', 'old'], defaultEngine);
  expect(exitCode).toBe(2);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toContain('tsconfig.json');
  expect(read('old/feed.ts')).toBe(FEED);
});
