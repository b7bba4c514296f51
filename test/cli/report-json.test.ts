import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { expect, test } from 'vitest';
import { EXIT } from '../../cli/cli-error.ts';
import { defaultEngine } from '../../cli/default-engine.ts';
import type { Engine } from '../../cli/engine.ts';
import { JSON_SCHEMA } from '../../cli/reports/report-json.ts';
import { fakeEngine } from './fake-engine.ts';
import { makeProject, makeRepository, run } from './project.ts';

const schema = JSON.parse(readFileSync(new URL('../../schemas/lifecycle-codemod.schema.json', import.meta.url), 'utf8')) as { readonly $id: string; readonly definitions: { readonly exitCode: { readonly enum: readonly number[] } } };

/** As published it lets later versions add properties; here each has to be described. */
const closed: unknown = JSON.parse(JSON.stringify(schema), (_, value: unknown) =>
  typeof value === 'object' && value !== null && 'properties' in value ? { ...value, additionalProperties: false } : value,
);
const isDescribed = new Ajv.default().compile(closed as object);
const isOfKind = (kind: string): ValidateFunction => new Ajv.default().addSchema(closed as object).compile({ $ref: `${schema.$id}#/definitions/${kind}` });

const FILES = {
  'package.json': '{ "name": "shop" }',
  'src/a.ts': 'class A {}',
  'src/b.ts': 'class B { leave }',
  'src/c.ts': 'class @@',
  'types.d.ts': '',
};

async function document(root: string, argv: readonly string[], engine?: Engine): Promise<unknown> {
  const { stdout } = await run(root, argv, engine);
  const value: unknown = JSON.parse(stdout);
  isDescribed(value);
  expect(isDescribed.errors ?? []).toEqual([]);
  expect(value).toMatchObject({ $schema: JSON_SCHEMA });
  return value;
}

test('the schema is published under the name that the documents give', () => {
  expect(schema.$id).toBe(JSON_SCHEMA);
});

test('the schema has every exit code', () => {
  expect(schema.definitions.exitCode.enum).toEqual(Object.values(EXIT));
});

test.each([
  ['report', ['--format', 'json', '--check', '.']],
  ['report', ['--format=json', '--dry-run', 'src', 'types.d.ts']],
  ['report', ['--json', '.']],
  ['report', ['--json', '--lock=inline', '.']],
  ['failure', ['--json', 'nowhere']],
  ['failure', ['--format=json', '--codemod', 'add-loock', '.']],
  ['failure', ['.', '--format', 'json', '--lock', 'no']],
  ['list', ['--format=json']],
  ['list', ['--json', '--list']],
])('%s: %j', async (kind, argv) => {
  const { root } = makeRepository(FILES);
  const isKind = isOfKind(kind);
  isKind(await document(root, argv));
  expect(isKind.errors ?? []).toEqual([]);
});

test('a refusal', async () => {
  const { root } = makeProject(FILES);
  expect(await document(root, ['--json', 'src/a.ts'])).toMatchObject({ exitCode: 3 });
});

test('services, and what is none', async () => {
  const folder = join(import.meta.dirname, '../../fixtures');
  const names = defaultEngine.codemods.map(({ name }) => name).join(',');
  const report = await document(folder, ['--json', '--dry-run', '--codemod', names, '--', 'services', 'codemods/escalate-kill', 'codemods/latch-shutdown-signals'], defaultEngine);
  const kinds = JSON.stringify(report).match(/"kind":"\w+"/g);
  expect(new Set(kinds)).toEqual(new Set(['"kind":"class"', '"kind":"function"', '"kind":"module"']));
});

test('a warning and an acknowledgement', async () => {
  const { root } = makeRepository({ 'a.ts': 'class A {}' });
  const acknowledging: Engine = {
    ...fakeEngine(),
    loadRun: () =>
      Promise.resolve((_codemods, { text }) => ({
        text: `${text}\n`,
        needs: [],
        services: [{ service: 'A', line: 1, added: [], left: [], acknowledged: [{ codemod: 'add-lock', file: 'b.ts', line: 1, column: 1, why: 'it is known' }] }],
        acknowledgements: [{ codemod: 'add-lock', hasReason: false, line: 1, column: 1, isUsed: true }],
      })),
  };
  expect(await document(root, ['--json', '--formatter=auto', '.'], acknowledging)).toMatchObject({
    warnings: [expect.stringContaining('not formatted')],
    staleAcknowledgements: [{ file: 'a.ts', line: 1 }],
  });
});
