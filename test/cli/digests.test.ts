import { expect, test } from 'vitest';
import type { FileContext } from '../../cli/planning/plan-file.ts';
import { planFiles } from '../../cli/planning/plan.ts';
import { FormatReader } from '../../cli/settings/read-format.ts';
import { ProjectReader } from '../../cli/settings/read-project.ts';
import { SettingsReader } from '../../cli/settings/read-settings.ts';
import { fakeEngine } from './fake-engine.ts';
import { makeProject } from './project.ts';

const TEXTS = { 'bom.ts': '\uFEFFclass Bom {}', 'fine.ts': 'class Fine { #lock;}', 'left.ts': 'class Left { leave }', 'mended.ts': 'class Mended {}' };

test('where nobody shows or writes the texts, a plan keeps digests of them, and is the same otherwise', async () => {
  const { root, at } = makeProject(TEXTS);
  const engine = fakeEngine();
  const context: FileContext = { cwd: root, codemods: engine.codemods, options: {}, engine, projects: new ProjectReader(), formats: new FormatReader(), settings: new SettingsReader(engine.loadParseSettings) };
  const files = Object.keys(TEXTS).map((name) => ({ name, path: at(name) }));
  const whole = await planFiles({ files, context, onProgress: () => undefined });
  const light = await planFiles({ files, context: { ...context, texts: 'as digests' }, onProgress: () => undefined });
  expect(whole.files.map(({ before }) => before)).toEqual(Object.values(TEXTS));
  expect(light.files.flatMap(({ before, after }) => [before.length, after.length])).toEqual(Array.from({ length: 8 }, () => 44));
  const changes = ({ files: planned }: typeof whole): object[] => planned.map(({ before, after, ...file }) => ({ ...file, isChanged: before !== after }));
  expect(changes(light)).toEqual(changes(whole));
  expect(changes(light)).toMatchObject([{ isChanged: true }, { isChanged: false }, { isChanged: false }, { isChanged: true }]);
});
