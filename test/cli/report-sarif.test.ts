import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { Log, Region, Replacement, Result, Run } from 'sarif';
import { describe, expect, test } from 'vitest';
import { defaultEngine } from '../../cli/default-engine.ts';
import type { Engine } from '../../cli/engine.ts';
import { fakeEngine } from './fake-engine.ts';
import { makeRepository, run } from './project.ts';

const ajv = new Ajv.default({ strict: false, unicodeRegExp: false });
addFormats.default(ajv);
const isSarif = ajv.compile(schema as object);

const POLLER = `export class Poller {
  #timer: NodeJS.Timeout | undefined;
  async start(): Promise<void> {
    await connect();
    this.#timer = setInterval(poll, 50);
    this.#flush = setInterval(flush, 50);
  }
  async stop(): Promise<void> {
    await disconnect();
  }
}
`;

async function sarif(root: string, argv: readonly string[], engine?: Engine): Promise<Run> {
  const { stdout } = await run(root, ['--format', 'sarif', ...argv], engine);
  const log = JSON.parse(stdout) as Log;
  isSarif(log);
  expect(isSarif.errors ?? []).toEqual([]);
  const [only, ...others] = log.runs;
  if (only === undefined || others.length > 0) throw new Error('a log has one run');
  return only;
}

const resultsOf = ({ results = [] }: Run): readonly Result[] => results;
const fingerprintsOf = (log: Run): readonly (string | undefined)[] => resultsOf(log).map(({ partialFingerprints = {} }) => {
    expect(partialFingerprints['primaryLocationLineHash']).toBe(partialFingerprints['lifecycleCause/v1']);
    return partialFingerprints['lifecycleCause/v1'];
  });

test('a check gives what would be mended and what is left, each at its place and with its rule', async () => {
  const { root } = makeRepository({ 'src/a b.ts': '\n  class A {}\nclass B { leave }\n' });
  const log = await sarif(root, ['--check', '.']);
  const uri = 'src/a%20b.ts';
  expect(resultsOf(log)).toMatchObject([
    {
      ruleId: 'lifecycle/require-lock',
      ruleIndex: 0,
      level: 'warning',
      message: { text: '`A` holds no lock. `lifecycle-codemod --codemod add-lock` mends it.' },
      locations: [{ physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 8 } }, logicalLocations: [{ name: 'A' }] }],
      properties: { codemod: 'add-lock', mendable: true },
    },
    { ruleId: 'lifecycle/require-lock', level: 'note', locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 3, startColumn: 1 } } }], properties: { mendable: false } },
  ]);
  expect(log.originalUriBaseIds).toEqual({ '%SRCROOT%': { uri: `${pathToFileURL(root).href}/` } });
  expect(log.invocations).toEqual([{ executionSuccessful: true, exitCode: 1, toolExecutionNotifications: [] }]);
});

test('rules have their description and the page about them', async () => {
  const { root } = makeRepository({ 'a.ts': 'class A {}' });
  const { tool } = await sarif(root, ['--check', '.']);
  expect(tool.driver.rules).toMatchObject([{ id: 'lifecycle/require-lock', shortDescription: { text: 'Require a lock.' }, helpUri: 'https://example.org/require-lock' }]);
});

test('what failed is a notification', async () => {
  const { root } = makeRepository({ 'a.ts': 'class @@' });
  const { invocations, results } = await sarif(root, ['--check', '.']);
  expect(results).toEqual([]);
  expect(invocations).toMatchObject([{ executionSuccessful: false, exitCode: 2, toolExecutionNotifications: [{ level: 'error', message: { text: 'cannot be parsed: Unexpected token' } }] }]);
});

test('a run that could not be made is a log without results', async () => {
  const { root } = makeRepository({ 'a.ts': 'class A {}' });
  const log = await sarif(root, ['nowhere']);
  expect(log).toMatchObject({ invocations: [{ executionSuccessful: false, exitCode: 2, toolExecutionNotifications: [{ message: { text: 'nowhere: no such file or folder' } }] }] });
  expect(log.results).toBeUndefined();
});

describe('with the real rules', () => {
  test('an edit has the words of the rule, and its other places beside it', async () => {
    const { root } = makeRepository({ 'package.json': '{ "name": "shop" }', 'src/poller.ts': POLLER });
    const log = await sarif(root, ['--check', '--codemod', 'release-timers', '--', 'src'], defaultEngine);
    const [result] = resultsOf(log);
    expect(result?.message.text).toMatch(/^`stop\(\)` never clears this timer .* `lifecycle-codemod --codemod release-timers` mends it\.$/);
    expect(result).toMatchObject({ ruleId: 'lifecycle/require-timer-release', locations: [{ physicalLocation: { region: { startLine: 5 } } }], relatedLocations: [{ physicalLocation: { region: { startLine: 6 } } }] });
    expect(log.tool.driver.rules?.[0]?.helpUri).toMatch(/\/docs\/rules\/require-timer-release\.md$/);
  });

  test('every codemod over every service of the fixtures gives a valid log', async () => {
    const folder = join(import.meta.dirname, '../../fixtures/services');
    const names = defaultEngine.codemods.map(({ name }) => name);
    const log = await sarif(folder, ['--dry-run', '--codemod', names.join(','), '--', '.'], defaultEngine);
    expect(resultsOf(log).length).toBeGreaterThan(20);
    expect(new Set(resultsOf(log).map(({ ruleId }) => ruleId)).size).toBeGreaterThan(4);
    const fingerprints = fingerprintsOf(log);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
  });
});

describe('fixes', () => {
  const TWO = `// 𝒳 é\n${POLLER}const wide = '𝒳𝒳'; ${POLLER.replaceAll('Poller', 'Other')}`;

  /** What a reader makes of the replacements, which are in the order of the text. */
  const applied = (text: string, replacements: readonly Replacement[], offsetsOf: (region: Region) => readonly [number, number]): string =>
    replacements.toReversed().reduce((left, { deletedRegion, insertedContent }) => {
      const [from, to] = offsetsOf(deletedRegion);
      return left.slice(0, from) + (insertedContent?.text ?? '') + left.slice(to);
    }, text);
  const byOffset = ({ charOffset = -1, charLength = -1 }: Region): readonly [number, number] => [charOffset, charOffset + charLength];
  const byLine = (text: string) => {
    const starts = [0, ...Array.from(text.matchAll(/\r\n|\n/g), ({ index, 0: ending }) => index + ending.length)];
    const at = (line = 0, column = 0): number => (starts[line - 1] ?? Number.NaN) + column - 1;
    return ({ startLine, startColumn, endLine, endColumn }: Region): readonly [number, number] => [at(startLine, startColumn), at(endLine, endColumn)];
  };

  test.each([
    ['line feeds', '', '\n'],
    ['CRLF', '', '\r\n'],
    ['a byte order mark', '\uFEFF', '\n'],
    ['a byte order mark and CRLF', '\uFEFF', '\r\n'],
  ])('make of a file what the command makes of it: %s', async (_, mark, ending) => {
    const text = TWO.replaceAll('\n', ending);
    const { root, read } = makeRepository({ 'package.json': '{ "name": "shop" }', 'a b.ts': mark + text });
    const results = resultsOf(await sarif(root, ['--check', '.'], defaultEngine));
    const fixes = results.flatMap(({ fixes: own = [] }) => own);
    expect(results.length).toBeGreaterThan(3);
    expect(fixes).toHaveLength(1);
    const [change, ...others] = fixes[0]?.artifactChanges ?? [];
    expect([change?.artifactLocation, others]).toEqual([{ uri: 'a%20b.ts', uriBaseId: '%SRCROOT%' }, []]);
    expect(fixes[0]?.description?.text).toMatch(/^Mends all of the file at once: Poller \(.+\), Other \(.+\)\.$/);
    await run(root, ['.'], defaultEngine);
    const mended = read('a b.ts').slice(mark.length);
    expect(mended).not.toBe(text);
    expect(applied(text, change?.replacements ?? [], byOffset)).toBe(mended);
    expect(applied(text, change?.replacements ?? [], byLine(text))).toBe(mended);
  });

  test('are none where a file would come with it, and none once it is written', async () => {
    const { root } = makeRepository({ 'package.json': '{ "name": "shop" }', 'a.ts': TWO });
    for (const argv of [['--check', '--lock', 'inline', '.'], ['.']]) {
      const results = resultsOf(await sarif(root, argv, defaultEngine));
      expect(results.flatMap(({ fixes = [] }) => fixes)).toEqual([]);
    }
  });
});

test('what is acknowledged is suppressed, with the reason that the code gives', async () => {
  const text = POLLER.replace('  async start', '  // lifecycle-codemod-ignore add-lifecycle-lock: started once, by main\n  async start');
  const { root } = makeRepository({ 'package.json': '{ "name": "shop" }', 'a.ts': text });
  const results = resultsOf(await sarif(root, ['--check', '--codemod', 'add-lifecycle-lock', '--', '.'], defaultEngine));
  expect(results).toMatchObject([{ ruleId: 'lifecycle/require-lifecycle-lock', level: 'note', suppressions: [{ kind: 'inSource', status: 'accepted', justification: 'started once, by main' }], properties: { mendable: false } }]);
  expect((await run(root, ['--check', '--format', 'github', '--codemod', 'add-lifecycle-lock', '--', '.'], defaultEngine)).stdout).toBe('');
});

describe('fingerprints', () => {
  test('stay when lines are added above, and when another class goes', async () => {
    const { root, write } = makeRepository({ 'a.ts': 'class Gone {}\nclass A {}\nclass B { leave }\n' });
    const before = fingerprintsOf(await sarif(root, ['--check', '.']));
    write({ 'a.ts': '// one\n\n// two\nclass A {}\n\n\nclass B { leave }\n' });
    const after = fingerprintsOf(await sarif(root, ['--check', '.']));
    expect(before).toHaveLength(3);
    expect(after).toEqual(before.slice(1));
  });

  test('do not hold the lines that a reason names', async () => {
    const left = (why: string): Engine => ({
      ...fakeEngine(),
      loadRun: () => Promise.resolve((_codemods, { text }) => ({ text, needs: [], services: [{ service: 'A', line: 1, added: [], left: [{ codemod: 'add-lock', line: 1, column: 1, why }] }] })),
    });
    const { root } = makeRepository({ 'a.ts': 'class A {}' });
    const of = async (why: string): Promise<readonly (string | undefined)[]> => fingerprintsOf(await sarif(root, ['--check', '.'], left(why)));
    const first = await of('what is declared before lines 9, 12 and 14 is used');
    expect(await of('what is declared before lines 10, 13 and 15 is used')).toEqual(first);
    expect(await of('what is declared before lines 9, 12 and 14 is lost')).not.toEqual(first);
  });

  test('tell files, classes and repeated causes apart', async () => {
    const { root } = makeRepository({ 'a.ts': 'class A {}\nclass A {}\nclass B {}', 'b.ts': 'class A {}' });
    const fingerprints = fingerprintsOf(await sarif(root, ['--check', '.']));
    expect(fingerprints).toHaveLength(4);
    expect(new Set(fingerprints).size).toBe(4);
    expect(fingerprints[1]).toBe(fingerprints[0]?.replace(/:1$/, ':2'));
  });

  test('are the same from whichever folder the command runs', async () => {
    const { root, at } = makeRepository({ 'src/a.ts': 'class A {}' });
    expect(fingerprintsOf(await sarif(at('src'), ['--check', '.']))).toEqual(fingerprintsOf(await sarif(root, ['--check', '.'])));
  });
});
