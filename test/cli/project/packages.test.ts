import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openProject } from '../../../cli/project/open-project.ts';
import { CONFIG, FIXTURE, opened } from './opened.ts';

const OPTIONS = { target: 'es2022', lib: ['es2022', 'esnext.disposable'], types: [], module: 'esnext', moduleResolution: 'bundler' };

function config(more: object, rest: object = {}): string {
  return JSON.stringify({ compilerOptions: { ...OPTIONS, ...more }, ...rest });
}

/** A workspace of one library `bus` and one application that imports from it. */
function users(manifest: object, files: Readonly<Record<string, string>>, importing: string): readonly string[] {
  const { project, at, show } = opened(
    {
      'package.json': '{ "private": true, "workspaces": { "packages": ["bus", "app"] } }',
      'bus/package.json': JSON.stringify({ name: '@w/bus', ...manifest }),
      'app/package.json': '{ "name": "app" }',
      'app/tsconfig.json': CONFIG,
      'app/a.ts': `import { Bus } from '${importing}';\nnew Bus();\n`,
      ...files,
    },
    'app/a.ts',
  );
  const declared = project.declarationOf(at('app/a.ts', 'new [Bus]'));
  return declared === undefined ? [] : show([declared]);
}

const BUS = 'export class Bus {}\n';

test('the name of a package leads to its source, though nothing is built or installed', () => {
  const inSrc = { 'bus/tsconfig.json': config({ outDir: 'dist', rootDir: 'src' }), 'bus/src/index.ts': BUS };
  expect(users({ main: 'dist/index.js' }, inSrc, '@w/bus')).toEqual(['bus/src/index.ts:1:14']);
  expect(users({ main: './dist' }, inSrc, '@w/bus')).toEqual(['bus/src/index.ts:1:14']);
  expect(users({ exports: './dist/index.mjs' }, inSrc, '@w/bus')).toEqual(['bus/src/index.ts:1:14']);
  expect(users({ exports: { '.': [{ import: { types: './dist/index.d.mts', default: './dist/index.mjs' } }] } }, inSrc, '@w/bus')).toEqual(['bus/src/index.ts:1:14']);
  expect(users({}, inSrc, '@w/bus')).toEqual(['bus/src/index.ts:1:14']);
  expect(users({}, { 'bus/index.ts': BUS }, '@w/bus')).toEqual(['bus/index.ts:1:14']);
});

test('so does a subpath, by exports, by a pattern of them, or by the path itself', () => {
  const files = { 'bus/tsconfig.json': config({ outDir: 'build/out' }), 'bus/lib/wires/bus.ts': BUS, 'bus/lib/index.ts': 'export {};\n' };
  expect(users({ exports: { './wires': './build/out/wires/bus.js' } }, files, '@w/bus/wires')).toEqual(['bus/lib/wires/bus.ts:1:14']);
  expect(users({ exports: { './w/*': { types: './build/out/wires/*.d.ts', default: './build/out/wires/*.js' } } }, files, '@w/bus/w/bus')).toEqual(['bus/lib/wires/bus.ts:1:14']);
  expect(users({ main: 'build/out/index.js' }, files, '@w/bus/build/out/wires/bus.js')).toEqual(['bus/lib/wires/bus.ts:1:14']);
  expect(users({ exports: { './other': './build/out/wires/bus.js' } }, files, '@w/bus/wires')).toEqual([]);
});

test('built output that is there gives way to the source that it is made from', () => {
  const { project, at, show } = opened(
    {
      'bus/tsconfig.json': config({ outDir: '../out/bus', composite: true }, { include: ['*.ts'] }),
      'bus/bus.ts': BUS,
      'out/bus/bus.d.ts': 'export declare class Bus {}\n',
      'tsconfig.json': config({}, { include: ['a.ts'], references: [{ path: 'bus' }] }),
      'a.ts': "import { Bus } from './out/bus/bus';\nnew Bus();\n",
    },
    'a.ts',
  );
  expect(show(project.referencesTo(at('bus/bus.ts', 'class [Bus]')))).toEqual(['a.ts:1:10', 'a.ts:2:5']);
});

test('paths, with baseUrl or without, count for the files of their own tsconfig.json only', () => {
  const { project, at, show } = opened(
    {
      'package.json': '{ "private": true, "workspaces": ["*"] }',
      'one/package.json': '{ "name": "one" }',
      'one/tsconfig.json': config({ baseUrl: './src', paths: { '@/*': ['*'] } }),
      'one/src/bus.ts': BUS,
      'one/src/a.ts': "import { Bus } from '@/bus';\nimport { Bus as Same } from 'bus';\n",
      'two/package.json': '{ "name": "two" }',
      'two/tsconfig.json': config({ paths: { '@/*': ['./*'] } }),
      'two/bus.ts': BUS,
      'two/a.ts': "import { Bus } from '@/bus';\n",
    },
    'one/src/bus.ts',
  );
  expect(show(project.referencesTo(at('one/src/bus.ts', 'class [Bus]')))).toEqual(['one/src/a.ts:1:10', 'one/src/a.ts:2:10', 'one/src/a.ts:2:17']);
  expect(show(project.referencesTo(at('two/bus.ts', 'class [Bus]')))).toEqual(['two/a.ts:1:10']);
});

function published(manifest: object, files: Readonly<Record<string, string>>, file = 'src/bus.ts', mark = 'class [Bus]'): string {
  const { project, at } = opened({ 'package.json': JSON.stringify({ name: 'bus', ...manifest }), 'tsconfig.json': config({ outDir: 'dist', rootDir: 'src' }), 'src/bus.ts': BUS, ...files }, file);
  return project.isPublished(at(file, mark));
}

test('what an entry exports is published, under whatever name', () => {
  const main = { main: './dist/index.js' };
  expect(published(main, { 'src/index.ts': "export { Bus as Wire } from './bus';\n" })).toBe('yes');
  expect(published(main, { 'src/index.ts': "export * from './all';\n", 'src/all.ts': "export * as wires from './bus';\n" })).toBe('yes');
  expect(published(main, { 'src/index.ts': "export { default } from './bus';\n", 'src/bus.ts': 'export default class Bus {}\n' })).toBe('yes');
  expect(published({ exports: { '.': './dist/index.js', './bus': './dist/bus.js' } }, { 'src/index.ts': 'export {};\n' })).toBe('yes');
  expect(published({ exports: { './*': './dist/*.js' } }, {})).toBe('yes');
  expect(published({ types: './src/bus.ts' }, {})).toBe('yes');
  expect(published({}, { 'index.ts': "export * from './src/bus';\n" })).toBe('yes');
});

test('what none exports is not, nor anything of a private package or of one that has only commands', () => {
  expect(published({ main: './dist/index.js' }, { 'src/index.ts': "import { Bus } from './bus';\nexport const make = () => new Bus();\n" })).toBe('no');
  expect(published({ main: './dist/bus.js', private: true }, {})).toBe('no');
  expect(published({ bin: { bus: './dist/bus.js' } }, {})).toBe('no');
  expect(published({ exports: { './package.json': './package.json' } }, {})).toBe('no');
  expect(published({ main: './dist/bus.js' }, { 'src/bus.ts': 'class Bus {}\nexport const one = new Bus();\n' })).toBe('no');
});

test('where an entry cannot be found it is not known', () => {
  expect(published({ main: './bundle.js' }, {})).toBe('unknown');
  expect(published({ exports: { '.': './dist/bus.js', './more': './bundle/more.js' } }, {})).toBe('yes');
  expect(published({ exports: { '.': './dist/index.js', './more': './bundle/more.js' } }, { 'src/index.ts': 'export {};\n' })).toBe('unknown');
});

test('tells it of the packages of a workspace', () => {
  const project = openProject([join(FIXTURE, 'apps/shop/src/main.ts')]);
  const of = (file: string, mark: string) => {
    const path = join(FIXTURE, file);
    return project.isPublished({ file: path, offset: project.sourceOf(path)?.text.indexOf(mark) ?? -1 });
  };
  expect(of('packages/bus/src/bus.ts', 'Bus {')).toBe('yes');
  expect(of('packages/bus/src/loud-bus.ts', 'class')).toBe('yes');
  expect(of('packages/bus/src/testing.ts', 'silent')).toBe('yes');
  expect(of('packages/bus/src/wire.ts', 'connect')).toBe('no');
  expect(of('packages/orders/src/order-desk.ts', 'OrderDesk')).toBe('yes');
  expect(of('packages/billing/src/ledger.ts', 'Ledger')).toBe('no');
  expect(of('apps/shop/src/main.ts', 'main')).toBe('no');
});
