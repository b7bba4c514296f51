import { describe, expect, test } from 'vitest';
import { codemods } from '../../codemods/index.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import type { CodemodResult } from '../../codemods/codemod.ts';

const BODY = `{
  async start() {
    if (this.server) return;
    this.server = await listen();
  }
  async stop() {
    await this.server.close();
    this.server = undefined;
  }
}`;

function runOn(text: string, names: readonly string[] = ['add-lifecycle-lock'], fileName = 'feed.ts'): CodemodResult {
  return runCodemods(codemods.filter(({ name }) => names.includes(name)), { fileName, text });
}

const MARK = 'lifecycle-codemod-ignore add-lifecycle-lock: the supervisor calls one after the other';

test('without it, the class is mended', () => {
  const result = runOn(`export class Feed ${BODY}\n`);
  expect(result).toMatchObject({ services: [{ service: 'Feed', added: [{ codemod: 'add-lifecycle-lock' }] }] });
  expect(result).not.toHaveProperty('acknowledgements');
});

describe('the codemod leaves alone, to the byte, a class with the comment', () => {
  test.each([
    ['above it', `// ${MARK}\nexport class Feed ${BODY}\n`],
    ['above it, in a block', `/* ${MARK} */\nexport class Feed ${BODY}\n`],
    ['above it, in its documentation', `/**\n * Feeds.\n * ${MARK}\n */\nexport class Feed ${BODY}\n`],
    ['above it, with other comments and lines between', `// ${MARK}\n\n// eslint-disable-next-line x\n/* more */\nexport class Feed ${BODY}\n`],
    ['on its line', `export class Feed ${BODY.replace('{', `{ // ${MARK}`)}\n`],
    ['before it on its line', `/* ${MARK} */ export class Feed ${BODY}\n`],
    ['above its decorators', `// ${MARK}\n@Injectable()\nexport class Feed ${BODY}\n`],
    ['between its decorators', `@Injectable()\n// ${MARK}\n@Other({ a: 1 })\nexport class Feed ${BODY}\n`],
    ['between its decorators and itself', `@Injectable()\n// ${MARK}\nexport class Feed ${BODY}\n`],
    ['above the function that makes it', `// ${MARK}\nexport function make() {\n  return class Feed ${BODY};\n}\n`],
    ['above the variable that holds it', `// ${MARK}\nexport const Feed = class ${BODY};\n`],
    ['above a method that would be changed', `export class Feed ${BODY.replace('  async start', `  // ${MARK}\n  async start`)}\n`],
    ['on the line of a method that would be changed', `export class Feed ${BODY.replace('start() {', `start() { // ${MARK}`)}\n`],
    ['with CRLF', `// ${MARK}\r\nexport class Feed ${BODY.replaceAll('\n', '\r\n')}\r\n`],
    ['behind a byte order mark', `\uFEFF// ${MARK}\nexport class Feed ${BODY}\n`],
    ['that names several codemods', `// lifecycle-codemod-ignore add-async-dispose, add-lifecycle-lock: not yet\nexport class Feed ${BODY}\n`],
  ])('%s', (_, text) => {
    const result = runOn(text);
    expect(result.text).toBe(text);
    const [service] = result.services;
    expect(service).toMatchObject({ added: [], left: [], acknowledged: [{ codemod: 'add-lifecycle-lock', why: 'could be given lifecycle lock' }] });
    expect(result.acknowledgements?.find(({ codemod }) => codemod === 'add-lifecycle-lock')).toMatchObject({ hasReason: true, isUsed: true });
  });

  test('in JavaScript', () => {
    const text = `// ${MARK}\nexport class Feed ${BODY}\n`;
    expect(runOn(text, undefined, 'feed.js')).toMatchObject({ text, acknowledgements: [{ line: 1, column: 1, isUsed: true }] });
  });
});

test('the codemods that it does not name go on, and it still holds after they have changed the class', () => {
  const text = `// ${MARK}\nexport class Feed ${BODY}\n`;
  const result = runOn(text, ['add-async-dispose', 'add-lifecycle-lock']);
  expect(result.text).toContain('[Symbol.asyncDispose]');
  expect(result.text).not.toContain('Mutex');
  expect(result.services[0]).toMatchObject({ added: [{ codemod: 'add-async-dispose' }], acknowledged: [{ codemod: 'add-lifecycle-lock', line: 2, column: 8 }] });
  expect(runOn(result.text, ['add-async-dispose', 'add-lifecycle-lock']).text).toBe(result.text);
});

test('other classes of the file are mended', () => {
  const { services, text } = runOn(`// ${MARK}\nexport class Feed ${BODY}\nexport class Other ${BODY}\n`);
  expect(services.map(({ service, added, acknowledged }) => [service, added.length, acknowledged?.length])).toEqual([['Feed', 0, 1], ['Other', 1, undefined]]);
  expect(text).toContain(`// ${MARK}\nexport class Feed ${BODY}\n`);
});

const LEFT = ` extends Base ${BODY.replace('async start', 'override async start')}`;

test.each([
  ['the class', `// ${MARK}\nexport class Feed${LEFT}\n`],
  ['the method that is reported', `export class Feed${LEFT.replace('  override', `  // ${MARK}\n  override`)}\n`],
])('what would be left is acknowledged above %s', (_, text) => {
  const unmarked = runOn(text.replace('lifecycle-codemod-ignore', 'note')).services[0]?.left;
  expect(unmarked).toHaveLength(1);
  expect(runOn(text).services[0]).toMatchObject({ added: [], left: [], acknowledged: unmarked });
});

test.each([
  ['about another codemod', 'lifecycle-codemod-ignore add-async-dispose: no'],
  ['about a codemod that there is not', 'lifecycle-codemod-ignore add-lock: no'],
  ['with another word', 'lifecycle-codemod-ignored add-lifecycle-lock: no'],
  ['that only speaks of one', 'we had lifecycle-codemod-ignore add-lifecycle-lock: no'],
])('a comment %s keeps the codemod from nothing', (_, comment) => {
  expect(runOn(`// ${comment}\nexport class Feed ${BODY}\n`).services[0]).toMatchObject({ added: [{}] });
});

test.each([
  ['below the class', `export class Feed ${BODY}\n// ${MARK}\n`],
  ['above another statement', `// ${MARK}\nconst one = 1;\nexport class Feed ${BODY}\n`],
  ['in a string', `const text = '// ${MARK}';\nexport class Feed ${BODY}\n`],
  ['above a method that would not be changed', `export class Feed ${BODY.replace(/\}$/, `  // ${MARK}\n  status() { return 1; }\n}`)}\n`],
])('a comment %s keeps the codemod from nothing', (_, text) => {
  const { services, acknowledgements } = runOn(text);
  expect(services[0]).toMatchObject({ added: [{}] });
  expect((acknowledgements ?? []).filter(({ isUsed }) => isUsed)).toEqual([]);
});

test('says which acknowledgements hold, which do not, and of which nothing is known', () => {
  const text = `// ${MARK}
export class Fine {}
// lifecycle-codemod-ignore add-async-dispose: it is never disposed
// lifecycle-codemod-ignore add-lifecycle-lock
// lifecycle-codemod-ignore
export class Feed ${BODY}
`;
  expect(runOn(text).acknowledgements).toEqual([
    { codemod: 'add-lifecycle-lock', hasReason: true, line: 1, column: 1, isUsed: false },
    { codemod: 'add-async-dispose', hasReason: true, line: 3, column: 1 },
    { codemod: 'add-lifecycle-lock', hasReason: false, line: 4, column: 1, isUsed: true },
    { codemod: '', hasReason: false, line: 5, column: 1 },
  ]);
});
