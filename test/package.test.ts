import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import { codemods, projectCodemods } from '../codemods/index.ts';
import packageJson from '../package.json' with { type: 'json' };
import { rules } from '../rules/index.ts';
import plugin from '../rules/plugin.ts';
import { codemodNamesOnDisk, projectCodemodNamesOnDisk, ruleNamesOnDisk } from '../tools/names-on-disk.ts';
import { changedCases, unchangedCases } from './codemods/cases.ts';

const ROOT = join(import.meta.dirname, '..');
const FLOORS = ['model', 'edits', 'rules', 'codemods', 'cli'];

const filesIn = (folder: string): readonly string[] => readdirSync(join(ROOT, folder)).sort();
const pagesIn = (folder: string): readonly string[] => filesIn(folder).map((file) => basename(file, '.md'));
/** `no-leak.test.ts` and `no-leak.timers.test.ts` both test `no-leak`. */
const testedIn = (folder: string): ReadonlySet<string> => new Set(filesIn(folder).map((file) => file.split('.', 1).join('')));

describe('rules', () => {
  const onDisk = ruleNamesOnDisk(ROOT);

  test('on disk = exported = documented', () => {
    expect(Object.keys(plugin.rules ?? {}).sort()).toEqual(onDisk);
    expect(pagesIn('docs/rules')).toEqual(onDisk);
  });

  test.each(onDisk)('%s is tested', (name) => {
    expect(testedIn('test/rules')).toContain(name);
  });
});

describe('codemods', () => {
  const onDisk = codemodNamesOnDisk(ROOT);
  const forProjects = projectCodemodNamesOnDisk(ROOT);

  // jscodeshift hands over one file at a time: what reads a project is run by the command alone.
  test('on disk = listed = documented = exports of the package', () => {
    expect(codemods.map(({ name }) => name).sort()).toEqual(onDisk);
    expect(projectCodemods.map(({ name }) => name)).toEqual(forProjects);
    expect(pagesIn('docs/codemods')).toEqual([...onDisk, ...forProjects].sort());
    expect(Object.keys(packageJson.exports).filter((path) => path.startsWith('./codemods/'))).toEqual(onDisk.map((name) => `./codemods/${name}`));
  });

  test.each(onDisk)('%s is tested', (name) => {
    expect(changedCases(name)).not.toEqual([]);
    expect(unchangedCases(name)).not.toEqual([]);
  });

  test.each([...codemods, ...projectCodemods].map(({ name, mends }) => ({ name, mends })))('$name mends rules that exist', ({ mends }) => {
    expect(ruleNamesOnDisk(ROOT)).toEqual(expect.arrayContaining([...mends]));
  });
});

describe.each(rules)('$name', ({ name, meta }) => {
  const tests = filesIn('test/rules')
    .filter((file) => file.split('.', 1).join('') === name)
    .map((file) => readFileSync(join(ROOT, 'test/rules', file), 'utf8'))
    .join('\n');

  // The rule tester fails a test whose message is left with an unfilled placeholder.
  test.each(Object.keys(meta.messages ?? {}))('message %s is used, by a test', (id) => {
    expect(tests).toContain(`messageId: '${id}'`);
  });

  test('is described and links to its page', () => {
    expect(meta.docs.description).toMatch(/^(?:Disallow|Enforce|Prefer|Require) .*[^.]$/);
    expect(meta.docs.url).toMatch(new RegExp(`/docs/rules/${name}\\.md$`));
  });

  test('defaults and presets agree with the schema', () => {
    const [schema] = meta.schema as readonly { readonly properties: object }[];
    const [defaults] = (meta.defaultOptions ?? []) as readonly object[];
    expect(Object.keys(defaults ?? {}).sort()).toEqual(Object.keys(schema?.properties ?? {}).sort());
    for (const options of [defaults, ...Object.values(meta.docs.presets)]) {
      const entry: Linter.RuleEntry = schema === undefined ? 'error' : ['error', options];
      expect(new Linter().verify('', { plugins: { lifecycle: plugin }, rules: { [`lifecycle/${name}`]: entry } })).toEqual([]);
    }
  });
});

describe('presets', () => {
  const rulesOf = (preset: keyof typeof plugin.configs): readonly string[] => plugin.configs[preset].flatMap((config) => Object.keys(config.rules ?? {})).sort();
  const all = ruleNamesOnDisk(ROOT).map((name) => `lifecycle/${name}`);

  test('all has every rule, and off-in-tests turns every rule off', () => {
    expect(rulesOf('all')).toEqual(all);
    expect(rulesOf('off-in-tests')).toEqual(all);
    expect(plugin.configs['off-in-tests'].flatMap(({ rules: entries }) => Object.values(entries ?? {}))).toEqual(all.map(() => 'off'));
  });

  test('strict has every rule of recommended', () => {
    expect(rulesOf('strict')).toEqual(expect.arrayContaining([...rulesOf('recommended')]));
  });
});

test.each(FLOORS)('%s/ has no drawer for whatever fits nowhere else', (floor) => {
  const names = readdirSync(join(ROOT, floor), { recursive: true, encoding: 'utf8' }).map((path) => basename(path, '.ts'));
  expect(names.filter((name) => ['common', 'helpers', 'misc', 'utils'].includes(name))).toEqual([]);
});
