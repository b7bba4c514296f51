import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openProject } from '../../../cli/project/open-project.ts';
import { CONFIG, FIXTURE, opened } from './opened.ts';

const BUS = join(FIXTURE, 'packages/bus/src/bus.ts');

test('a project of several packages compiles as it stands', () => {
  expect(openProject([BUS]).typeProblems()).toEqual([]);
});

test('other texts are compiled without being written, and errors in those who use them are seen', () => {
  const project = openProject([BUS]);
  const text = project.sourceOf(BUS)?.text ?? '';
  const changed = project.withTexts(new Map([[BUS, text.replace('  async publish(topic: string, message: string)', '  async publish(topic: string, message: number)')]]));
  const places = changed.typeProblems().map(({ file, line }) => `${file.slice(FIXTURE.length + 1)}:${line}`);
  expect(places).toEqual([
    'packages/billing/src/invoices.ts:10',
    'packages/bus/src/loud-bus.ts:4',
    'packages/bus/src/loud-bus.ts:5',
    'packages/bus/src/retrying-bus.ts:4',
    'packages/bus/src/retrying-bus.ts:5',
    'packages/bus/src/retrying-bus.ts:5',
    'packages/orders/src/audit.ts:8',
    'packages/orders/src/order-desk.ts:16',
    'packages/testing/src/index.ts:8',
    'packages/testing/src/index.ts:8',
  ]);
  expect(changed.typeProblems([BUS])).toEqual(changed.typeProblems());
  expect(project.typeProblems()).toEqual([]);
  expect(changed.withTexts(new Map([[BUS, text]])).typeProblems()).toEqual([]);
});

test('references and sources follow the other texts, and a file that is not there yet can be imported', () => {
  const { project, at, show, folder } = opened({ 'tsconfig.json': CONFIG, 'bus.ts': 'export class Bus {}\n', 'a.ts': "import { Bus } from './bus';\nnew Bus();\n" }, 'a.ts');
  expect(project.typeProblems()).toEqual([]);
  const text = "import { Bus } from './bus';\nimport { lift } from './lift';\nlift(new Bus(), 1);\n";
  const lift = 'export function lift(bus: object): void {}\n';
  const next = project.withTexts(
    new Map([
      [folder.at('a.ts'), text],
      [folder.at('lift.ts'), `\uFEFF${lift}`],
    ]),
  );
  expect(next.sourceOf(folder.at('a.ts'))?.text).toBe(text);
  expect(next.sourceOf(folder.at('lift.ts'))?.text).toBe(lift);
  expect(next.referencesTo(at('bus.ts', 'class [Bus]')).map(({ offset }) => offset)).toEqual([9, text.indexOf('Bus(), 1')]);
  expect(next.typeProblems().map(({ line, message }) => `${line} ${message}`)).toEqual(['3 Expected 1 arguments, but got 2.']);
  expect(show(project.referencesTo(at('bus.ts', 'class [Bus]')))).toEqual(['a.ts:1:10', 'a.ts:2:5']);
  expect(() => folder.read('lift.ts')).toThrow('ENOENT');
});

test('only the tsconfig.json files whose programs hold a file are asked about it', () => {
  const files = {
    'package.json': '{ "private": true, "workspaces": ["*"] }',
    'one/package.json': '{ "name": "one" }',
    'one/tsconfig.json': CONFIG,
    'one/a.ts': 'export const a: string = 1;\n',
    'two/package.json': '{ "name": "two" }',
    'two/tsconfig.json': CONFIG.replace('"strict":true', '"strict":false'),
    'two/b.ts': 'export const b: string = 1;\n',
  };
  const { project, folder } = opened(files, 'one/a.ts');
  const names = (problems: ReturnType<typeof project.typeProblems>) => problems.map(({ file }) => file.slice(folder.root.length + 1));
  expect(names(project.typeProblems())).toEqual(['one/a.ts', 'two/b.ts']);
  expect(names(project.typeProblems([folder.at('two/b.ts')]))).toEqual(['two/b.ts']);
});

test('a file with a syntax error has no source, but its errors are told', () => {
  const { project, folder } = opened({ 'tsconfig.json': CONFIG, 'a.ts': 'export class {\n  async start( {}\n' }, 'a.ts');
  expect(project.sourceOf(folder.at('a.ts'))).toBeUndefined();
  expect(project.typeProblems().length).toBeGreaterThan(0);
  expect(() => project.sourceOf(folder.at('b.ts'))).toThrow('b.ts is not of the project');
});

function target(compilerOptions: object, more: Readonly<Record<string, string>> = {}, file = 'a.ts') {
  const { project, folder } = opened({ 'tsconfig.json': JSON.stringify({ compilerOptions: { types: [], ...compilerOptions } }), 'a.ts': 'export {};\n', ...more }, file);
  const { config, ...rest } = project.targetOf(folder.at(file));
  return { ...rest, config: config?.slice(folder.root.length + 1) };
}

const TSC = { 'package.json': '{ "name": "a", "scripts": { "check": "tsc --noEmit", "build": "tsc -p ." } }' };
const TSUP = { 'package.json': '{ "name": "a", "scripts": { "check": "tsc --noEmit", "build": "tsup" } }' };

test('tells whether tsc emits, and for what', () => {
  expect(target({ target: 'es2022', lib: ['es2022'] }, TSC).lowersUsing).toBe('yes');
  expect(target({ target: 'esnext', lib: ['es2022'] }, TSC).lowersUsing).toBe('no');
  expect(target({ target: 'es2022', lib: ['es2022'], noEmit: true }, TSC).lowersUsing).toBe('unknown');
  expect(target({ target: 'es2022', lib: ['es2022'] }, TSUP).lowersUsing).toBe('unknown');
  expect(target({ target: 'es2022', lib: ['es2022'], composite: true }).lowersUsing).toBe('yes');
  const { project, folder } = opened({ 'package.json': '{ "name": "a" }', 'a.mjs': 'export {};\n' }, 'a.mjs');
  expect(project.targetOf(folder.at('a.mjs'))).toEqual({ lowersUsing: 'no', knowsAsyncDispose: true, knowsAsyncDisposableStack: true, config: undefined });
});

test('does not trust a TypeScript that cannot read `using`', () => {
  const withTypeScript = (version: string) => target({ target: 'es2022', lib: ['es2022', 'esnext.disposable'] }, { ...TSC, 'node_modules/typescript/package.json': `{ "name": "typescript", "version": "${version}" }` });
  expect(withTypeScript('5.1.6')).toEqual({ lowersUsing: 'unknown', knowsAsyncDispose: false, knowsAsyncDisposableStack: false, config: 'tsconfig.json' });
  expect(['4.9.5', '5.2.2', '5.10.0', '6.0.0-dev'].map((version) => withTypeScript(version).lowersUsing)).toEqual(['unknown', 'yes', 'yes', 'yes']);
});

test('tells what lib or the types of Node know, and where lib would have to be written', () => {
  expect(target({ lib: ['es2022'] })).toEqual({ lowersUsing: 'unknown', knowsAsyncDispose: false, knowsAsyncDisposableStack: false, config: 'tsconfig.json' });
  expect(target({ lib: ['es2022', 'esnext.disposable'] })).toMatchObject({ knowsAsyncDispose: true, knowsAsyncDisposableStack: true });
  const node = { 'node_modules/@types/node/index.d.ts': 'interface SymbolConstructor { readonly asyncDispose: unique symbol }\n' };
  expect(target({ lib: ['es2022'], types: ['node'] }, node)).toMatchObject({ knowsAsyncDispose: true, knowsAsyncDisposableStack: false });
  const { project, folder } = opened(
    { 'base.json': JSON.stringify({ compilerOptions: { types: [], lib: ['es2022'] } }), 'a/tsconfig.json': '{ "extends": "../base.json" }', 'a/a.ts': 'export {};\n' },
    'a/a.ts',
  );
  expect(project.targetOf(folder.at('a/a.ts')).config).toBe(folder.at('base.json'));
});
