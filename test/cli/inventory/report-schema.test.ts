import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { expect, test } from 'vitest';
import { defaultEngine } from '../../../cli/default-engine.ts';
import { REPORT_SCHEMA } from '../../../cli/inventory/inventory-json.ts';
import { REQUIREMENTS } from '../../../cli/inventory/requirements.ts';
import { makeProject, run } from '../project.ts';
import { OWNER, POLLER, SYNCHRONOUS } from './samples.ts';

const ROOT = join(import.meta.dirname, '../../..');
const read = (name: string): string => readFileSync(join(ROOT, `schemas/lifecycle-${name}.schema.json`), 'utf8');

/** As published it lets later versions add properties; here each has to be described. */
const closed = (name: string): object =>
  JSON.parse(read(name), (_, value: unknown) => (typeof value === 'object' && value !== null && 'properties' in value ? { ...value, additionalProperties: false } : value)) as object;
const isDescribed = new Ajv.default().addSchema(closed('codemod')).addSchema(closed('explain')).compile(closed('report'));

interface Document {
  readonly $schema: string;
  readonly services: readonly { readonly marks: Readonly<Record<string, string>> }[];
  readonly skipped: readonly unknown[];
  readonly problems: readonly unknown[];
}

async function documentOf(root: string, ...argv: readonly string[]): Promise<Document> {
  const { stdout } = await run(root, ['report', '--format', 'json', ...argv], defaultEngine);
  const document = JSON.parse(stdout) as Document;
  isDescribed(document);
  expect(isDescribed.errors ?? []).toEqual([]);
  expect(document.$schema).toBe(REPORT_SCHEMA);
  return document;
}

test('the schema is published under the name that the documents give', () => {
  expect(JSON.parse(read('report'))).toMatchObject({ $id: REPORT_SCHEMA });
});

test('the services of the fixtures, under both presets', async () => {
  for (const preset of ['recommended', 'strict']) {
    const { services } = await documentOf(ROOT, '--preset', preset, 'fixtures/services');
    expect(services.length).toBeGreaterThan(40);
    for (const { marks } of services) expect(Object.keys(marks)).toEqual(REQUIREMENTS.map(({ id }) => id));
  }
});

test('files that are skipped, and files that cannot be parsed', async () => {
  const { root } = makeProject({ 'poller.ts': POLLER, 'owner.ts': OWNER, 'beeper.ts': SYNCHRONOUS, 'broken.ts': 'class A { async start() { await 1; } async stop() {', 'types.d.ts': '' });
  const { services, skipped, problems } = await documentOf(root, '.', 'types.d.ts');
  expect([services.length, skipped.length, problems.length]).toEqual([3, 1, 1]);
});

test('without a service', async () => {
  const { root } = makeProject({ 'one.ts': 'export const one = 1;\n' });
  expect((await documentOf(root, '.')).services).toEqual([]);
});

test('the schema tells a document that is not one', () => {
  isDescribed({ $schema: REPORT_SCHEMA, version: 1, preset: 'best', filesRead: 1, requirements: [], services: [{ marks: { lock: 'perhaps' } }], skipped: [], problems: [] });
  expect(isDescribed.errors).not.toBeNull();
});
