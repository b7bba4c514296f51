import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultEngine } from '../../cli/default-engine.ts';
import { makeProject, run } from './project.ts';

const page = readFileSync(new URL('../../docs/explain.md', import.meta.url), 'utf8');

function blockOf(language: string): string {
  const [, block] = new RegExp(`\n\`\`\`${language}\n([^]*?)\n\`\`\`\n`).exec(page) ?? [];
  if (block === undefined) throw new Error(`docs/explain.md has no ${language} block`);
  return `${block}\n`;
}

test('the example on the page is what the command prints', async () => {
  const { root } = makeProject({ 'src/price-feed.ts': blockOf('ts') });
  const { stdout, stderr } = await run(root, ['explain', 'src/price-feed.ts'], defaultEngine);
  expect(stderr).toBe('');
  expect(blockOf('text')).toBe(stdout);
});

test('the table names every section that it prints', () => {
  const headings = blockOf('text').split('\n').filter((line) => /^[A-Z][a-z]/.test(line) && !line.startsWith('PriceFeed'));
  const rows = page.split('\n').flatMap((line) => (line.startsWith('| ') ? [line.split('|')[1]?.trim() ?? ''] : []));
  const named = new Set(rows.flatMap((row) => [row, ...row.split(', ')]));
  expect(headings.length).toBeGreaterThan(8);
  expect(headings.filter((heading) => !named.has(heading))).toEqual([]);
});
