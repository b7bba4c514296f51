import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultEngine } from '../../cli/default-engine.ts';
import { runCli } from '../../cli/run-cli.ts';
import { wrap } from '../../cli/wrap.ts';
import { POLLER, SYNCHRONOUS } from './inventory/samples.ts';
import { makeProject } from './project.ts';

const ROOT = join(import.meta.dirname, '../..');

/** What a terminal of so many columns is given, both streams together. */
async function shown(cwd: string, argv: readonly string[], columns: number): Promise<readonly string[]> {
  let text = '';
  const stream = { columns, write: (more: string) => void (text += more) };
  await runCli(argv, { cwd, env: { NO_COLOR: '1' }, stdout: stream, stderr: stream }, defaultEngine);
  return text.split('\n');
}

describe('explain', () => {
  test.each([60, 80, 100])('fits into %i columns', async (columns) => {
    for (const { name } of readdirSync(join(ROOT, 'fixtures/services'), { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
      const lines = await shown(ROOT, ['explain', `fixtures/services/${name}/before.ts`], columns);
      // The head has the path, and a path is not broken.
      const wide = lines.filter((line) => line.length > columns && !line.includes('fixtures/services/'));
      expect([name, wide]).toEqual([name, []]);
      expect(lines.join('\n')).not.toContain('a fault of its own');
    }
  });
});

describe('report', () => {
  const FILES = { [`src/${'a-long-folder-name/'.repeat(3)}poller.ts`]: POLLER, 'lib/beeper.ts': SYNCHRONOUS };

  test('a narrow terminal is given what each service lacks in place of a table', async () => {
    const { root } = makeProject(FILES);
    expect(await shown(root, ['report', '.'], 60)).toEqual([
      'Beeper  synchronous, lib/beeper.ts:1',
      '  has      all that is asked of it',
      `Poller  adapter, src/${'a-long-folder-name/'.repeat(3)}poller.ts:3`,
      '  lacks    lock',
      '  unclear  rollback',
      '',
      '2 services in 2 files, 1 lacks something (recommended)',
      '',
    ]);
  });

  test('a wide one, and whatever is no terminal, the table', async () => {
    const { root } = makeProject(FILES);
    expect((await shown(root, ['report', '.'], 160))[0]).toMatch(/^service +kind +lock /);
  });
});

describe('the summary', () => {
  const FILES = { 'package.json': '{ "name": "shop" }', 'src/feed.ts': 'export class Feed {\n  async start() {\n    if (this.server) return;\n    this.server = await listen();\n  }\n  async stop(reason) {\n    await this.server.close(reason);\n    this.server = undefined;\n  }\n}\n' };
  const DISPOSE = ['--check', '--codemod', 'add-async-dispose', '--', 'src'];

  test('wraps a text under itself', async () => {
    const { root } = makeProject(FILES);
    const lines = await shown(root, DISPOSE, 80);
    const first = lines.findIndex((line) => line.startsWith('  src/feed.ts:6:3  Feed: '));
    expect(lines[first + 1]).toMatch(/^ {19}\S/);
    expect(lines.every((line) => line.length <= 80)).toBe(true);
  });

  test('puts it below its place where there is no room beside it', async () => {
    const { root } = makeProject(FILES);
    const lines = await shown(root, DISPOSE, 50);
    const place = lines.indexOf('  src/feed.ts:6:3');
    expect(lines[place + 1]).toMatch(/^ {4}Feed: stop\(\) needs an argument/);
  });
});

test.each([
  ['between words', 'one two three', 8, ['one two', 'three']],
  ['within a word that is too long', 'one abcdefghij', 4, ['one', 'abcd', 'efgh', 'ij']],
  ['not at all where there is room', 'one two', 7, ['one two']],
  ['an empty text', '', 5, ['']],
  ['without what a terminal would take for a command', 'a\u001B[31m b', 20, ['a [31m b']],
])('wraps %s', (_, text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines);
});
