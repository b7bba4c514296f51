import { expect, test } from 'vitest';
import { fakeEngine } from './fake-engine.ts';
import { makeProject, makeRepository, run } from './project.ts';

test('a check has the figures, a table, what to install and the diff of each file', async () => {
  const { root } = makeRepository({ 'package.json': '{ "name": "shop" }', 'src/a.ts': 'class A {}\nclass B { leave }\n', 'src/fine.ts': 'class C { #lock;}', 'x.ts': 'class @@' });
  const { exitCode, stdout, stderr } = await run(root, ['--check', '--format', 'markdown', '.']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' });
  expect(stdout).toBe(`### lifecycle-codemod

Read 3 files, found 3 services: 1 would change in 1 file, 1 left for you, 1 fine as it is.

| Where | What | Would add | Left to mend by hand |
| --- | --- | --- | --- |
| \`src/a.ts:1\` | \`A\` | \`lock\` |  |
| \`src/a.ts:2\` | \`B\` |  | start() waits for itself (line 2) |

To install: \`npm install async-mutex\`

| Failed | Why |
| --- | --- |
| \`x.ts:1:7\` | cannot be parsed: Unexpected token |

<details><summary>src/a.ts</summary>

\`\`\`diff
--- a/src/a.ts
+++ b/src/a.ts
@@ -1,2 +1,2 @@
-class A {}
+class A { #lock;}
 class B { leave }
\`\`\`

</details>

\`npx lifecycle-codemod\` with the same paths makes these changes.
`);
});

test('a run that wrote says what it added', async () => {
  const { root } = makeRepository({ 'a.ts': 'class A {}\n' });
  const { stdout } = await run(root, ['--format=markdown', '.']);
  expect(stdout).toContain('| Where | What | Added | Left to mend by hand |');
  expect(stdout).toContain('+class A { #lock;}');
  expect(stdout).not.toContain('makes these changes');
});

test('code with backticks does not end the block that it is in', async () => {
  const { root } = makeRepository({ 'a.md.ts': 'class A {}\n// ```ts\n// ````\n' });
  expect((await run(root, ['--check', '--format=markdown', '.'])).stdout).toMatch(/\n`{5}diff\n[^]*\n`{5}\n/);
});

test('names and reasons stay what they are in a table', async () => {
  const { root } = makeRepository({ 'a|b_c<d>.ts': 'class A {}' });
  const why = 'a | b, `this.x | y`, <T> & *z*\nand [more]';
  const engine = fakeEngine();
  const { stdout } = await run(root, ['--check', '--format=markdown', '.'], {
    ...engine,
    loadRun: () => Promise.resolve((_codemods, { text }) => ({ text, needs: [], services: [{ service: 'A`', line: 1, added: [], left: [{ codemod: 'add-lock', line: 3, column: 1, why }] }] })),
  });
  expect(stdout).toContain('| `a\\|b_c<d>.ts:1` | `` A` `` |  | a \\| b, `this.x \\| y`, &lt;T> &amp; \\*z\\* and \\[more\\] (line 3) |\n');
});

test('stays below what GitHub takes for a comment, and says what is missing', async () => {
  const line = `// ${'x'.repeat(150)}\n`;
  const files = Array.from({ length: 300 }, (_, index) => [`src/a-folder-with-a-long-name/file-${String(index)}.ts`, `${line}${line}class A {}\n${line}${line}`] as const);
  const { root } = makeProject(Object.fromEntries(files));
  const { stdout } = await run(root, ['--check', '--format=markdown', '.']);
  expect(stdout.length).toBeLessThan(65_536);
  expect(stdout).toMatch(/\n…and \d+ more\.\n/);
  expect(stdout).toMatch(/\n…and \d+ more files: `npx lifecycle-codemod --dry-run` shows every diff\.\n/);
  expect(stdout.match(/<details>/g)?.length).toBe(stdout.match(/<\/details>/g)?.length);
});

test('nothing to do is one line', async () => {
  const { root } = makeRepository({ 'a.ts': 'class A { #lock;}' });
  expect((await run(root, ['--check', '--format=markdown', '.'])).stdout).toBe('### lifecycle-codemod\n\nRead 1 file, found 1 service: 1 fine as it is.\n');
});

test('a run that could not be made', async () => {
  const { root } = makeRepository({ 'a.ts': '' });
  expect(await run(root, ['--format=markdown', 'no_where'])).toEqual({ exitCode: 2, stdout: '### lifecycle-codemod\n\nIt could not run: no\\_where: no such file or folder\n', stderr: '' });
});
