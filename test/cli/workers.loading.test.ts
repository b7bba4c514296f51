import { expect, test, vi } from 'vitest';
import { makeRepository, run } from './project.ts';

vi.mock('piscina', () => {
  throw new Error('loaded');
});

test('the pool of threads is loaded only where several are asked for', async () => {
  const { root } = makeRepository({ 'a.ts': 'class A {}', 'b.ts': 'class B {}' });
  expect((await run(root, ['--dry-run', '.'])).exitCode).toBe(0);
  expect((await run(root, ['--dry-run', '--workers', '1', '.'])).exitCode).toBe(0);
  expect(await run(root, ['--dry-run', '--workers', '2', '.'])).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringContaining('plan-in-workers.ts:1:1') as string });
});
