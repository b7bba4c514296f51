import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { git, makeRepository } from './project.ts';

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const TSX = import.meta.resolve('tsx');

const SERVICE = `export class Feed {
  private connection: Connection | undefined;

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

function lifecycleCodemod(cwd: string, command: string): { status: number | null; stdout: string; stderr: string } {
  const quoted = [process.execPath, '--import', TSX, MAIN].map((part) => `'${part}'`).join(' ');
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', command.replace('lifecycle-codemod', quoted)], { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('the command mends a real service', { timeout: 30_000 }, () => {
  const { root, read } = makeRepository({ 'package.json': '{ "name": "shop", "type": "module" }', 'src/feed.ts': SERVICE });
  const diff = lifecycleCodemod(root, 'lifecycle-codemod --dry-run src | git apply');
  expect(diff.status).toBe(0);
  const applied = read('src/feed.ts');
  expect(applied).toContain("from 'async-mutex'");
  git(root, 'checkout', '--', '.');

  const written = lifecycleCodemod(root, 'lifecycle-codemod src');
  expect(written).toMatchObject({ status: 0, stderr: '' });
  expect(written.stdout).toContain('Added\n  src/feed.ts:1  Feed: ');
  expect(written.stdout).toContain('npm install async-mutex\n');
  expect(read('src/feed.ts')).toBe(applied);
});

test('a reader that has seen enough is no failure', { timeout: 30_000 }, () => {
  const { root } = makeRepository(Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`src/feed-${String(index)}.ts`, SERVICE])));
  const { status, stderr } = lifecycleCodemod(root, 'lifecycle-codemod --dry-run src | head -n 1 > /dev/null');
  expect(status).toBe(0);
  expect(stderr).not.toContain('EPIPE');
});

test('the command tells functions from services', { timeout: 30_000 }, () => {
  const KILL = `import { spawn } from 'node:child_process';
export function begin() {
  const child = spawn('work');
  return {
    async stop() {
      child.kill();
      setTimeout(() => {
        if (!child.killed) child.kill('SIGKILL');
      }, 1000);
    },
  };
}
`;
  const { root } = makeRepository({ 'package.json': '{ "name": "shop", "type": "module" }', 'src/feed.ts': SERVICE, 'src/work.js': KILL });
  const { stderr } = lifecycleCodemod(root, 'lifecycle-codemod --dry-run --codemod escalate-kill add-async-dispose -- src');
  expect(stderr).toMatch(/Read 2 files, found 1 service, 1 function: 2 would change in 2 files\.\n$/);
});
