import { expect, test } from 'vitest';
import { defaultEngine } from '../../cli/default-engine.ts';
import { makeRepository, run } from './project.ts';

const FEED = `export class Feed {
  async start() {
    if (this.server) return;
    this.server = await listen();
  }
  async stop(reason) {
    await this.server.close(reason);
    this.server = undefined;
  }
}
`;

const LOCK = ['--codemod', 'add-lifecycle-lock', '--'];

test('what is acknowledged is listed apart, and fails neither a run nor a check', async () => {
  const text = `// lifecycle-codemod-ignore add-lifecycle-lock: started once, by main\n${FEED}`;
  const { root, read } = makeRepository({ 'a.js': text });
  const written = await run(root, [...LOCK, '.'], defaultEngine);
  expect(written).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: 'Acknowledged\n  a.js:2:8  Feed: could be given lifecycle lock (add-lifecycle-lock)\n\nRead 1 file, found 1 service: 1 acknowledged.\n',
  });
  expect(read('a.js')).toBe(text);
  expect((await run(root, ['--check', ...LOCK, '.'], defaultEngine)).exitCode).toBe(0);
});

test('a leftover that is acknowledged does not count as left', async () => {
  const names = ['--codemod', 'add-async-dispose', '--', '.'];
  const { root, at, write } = makeRepository({ 'a.js': FEED });
  expect(await run(root, names, defaultEngine)).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('Left for you\n  a.js:6:3  Feed: stop() needs an argument') as string });
  write({ 'a.js': FEED.replace('  async stop', '  // lifecycle-codemod-ignore add-async-dispose: always told why\n  async stop') });
  const { exitCode, stdout } = await run(at('.'), names, defaultEngine);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Acknowledged\n  a.js:7:3  Feed: stop() needs an argument');
  expect(stdout).not.toContain('Left for you');
});

test.each([
  ['of a codemod that there is not', 'add-lifecyle-lock: so', "there is no codemod 'add-lifecyle-lock' (did you mean add-lifecycle-lock?)"],
  ['of nothing like a codemod', 'everything: so', "there is no codemod 'everything'; --list shows them"],
  ['of no codemod', '', 'the comment names no codemod: lifecycle-codemod-ignore <codemod>: <why>'],
  ['without a reason', 'add-lifecycle-lock', 'the comment gives no reason: lifecycle-codemod-ignore add-lifecycle-lock: <why>'],
])('an acknowledgement %s is reported with its place, and fails', async (_, comment, message) => {
  const { root } = makeRepository({ 'src/a.js': `\nconst x = 1;\n  // lifecycle-codemod-ignore ${comment}\n${FEED}` });
  for (const mode of [[], ['--check']]) {
    const { exitCode, stdout, stderr } = await run(root, [...mode, '--allow-dirty', ...LOCK, 'src'], defaultEngine);
    expect(exitCode).toBe(1);
    expect(stdout + stderr).toContain(`Acknowledged for nothing\n  src/a.js:3:3  ${message}\n`);
  }
});

test('an acknowledgement in a file that holds nothing any more is reported too', async () => {
  const { root } = makeRepository({ 'a.js': '// lifecycle-codemod-ignore add-lifecycle-lock: started once\nexport const feed = 1;\n' });
  const { exitCode, stdout } = await run(root, [...LOCK, '.'], defaultEngine);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('  a.js:1:1  add-lifecycle-lock has nothing to do here any more: remove the comment\n');
});

test('of a codemod that does not run, nothing is said', async () => {
  const { root } = makeRepository({ 'a.js': '// lifecycle-codemod-ignore escalate-kill: no child\nexport const feed = 1;\n' });
  expect(await run(root, [...LOCK, '.'], defaultEngine)).toMatchObject({ exitCode: 0, stdout: expect.not.stringContaining('Acknowledged') as string });
});

test('the JSON has them too', async () => {
  const { root } = makeRepository({ 'a.js': `// lifecycle-codemod-ignore add-lifecycle-lock: so\n${FEED}// lifecycle-codemod-ignore add-lifecycle-lock: so\n` });
  const { stdout } = await run(root, ['--json', ...LOCK, '.'], defaultEngine);
  expect(JSON.parse(stdout)).toMatchObject({
    exitCode: 1,
    files: [{ services: [{ service: 'Feed', added: [], left: [], acknowledged: [{ codemod: 'add-lifecycle-lock', line: 2, column: 8 }] }] }],
    staleAcknowledgements: [{ file: 'a.js', line: 12, column: 1, message: 'add-lifecycle-lock has nothing to do here any more: remove the comment' }],
  });
});
