import { symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openProject } from '../../../cli/project/open-project.ts';
import { ProjectError } from '../../../cli/project/project-error.ts';
import { makeProject } from '../project.ts';
import { CONFIG, opened } from './opened.ts';

const OPTIONS = '"lib": ["es2022"], "types": [], "module": "esnext", "moduleResolution": "bundler"';

function filesOf({ project, folder }: ReturnType<typeof opened>): readonly string[] {
  return project.files.map((file) => file.slice(folder.root.length + 1));
}

function problemsOf({ project, folder }: ReturnType<typeof opened>): readonly string[] {
  return project.typeProblems().map(({ file, line, message }) => `${file.slice(folder.root.length + 1)}:${line} ${message}`);
}

function failureOf(files: Readonly<Record<string, string>>, asked: string): string {
  const folder = makeProject(files);
  try {
    openProject([folder.at(asked)]);
  } catch (error) {
    if (error instanceof ProjectError) return error.message.replaceAll(folder.root, '');
    throw error;
  }
  return 'opened';
}

test('takes the nearest tsconfig.json that includes the file', () => {
  const result = opened(
    {
      'tsconfig.json': `{ "compilerOptions": { ${OPTIONS}, "strict": true } }`,
      'loose/tsconfig.json': `{ "compilerOptions": { ${OPTIONS}, "strict": false }, "include": ["in"] }`,
      'loose/in/a.ts': 'export function f(x) { return x; }\n',
      'loose/out/b.ts': 'export function f(x) { return x; }\n',
    },
    'loose/in/a.ts',
    'loose/out/b.ts',
  );
  expect(problemsOf(result)).toEqual(["loose/out/b.ts:1 Parameter 'x' implicitly has an 'any' type."]);
});

test('comments and trailing commas are no errors, and a referenced tsconfig that includes the file is found', () => {
  const result = opened(
    {
      'tsconfig.json': '{\n  // only names others\n  "files": [],\n  "references": [{ "path": "./tsconfig.app.json" }, { "path": "./tsconfig.node.json", },],\n}\n',
      'tsconfig.app.json': `{ /* strict */ "compilerOptions": { ${OPTIONS}, "composite": true, "strict": true, }, "include": ["src"] }`,
      'tsconfig.node.json': `{ "compilerOptions": { ${OPTIONS}, "composite": true, "strict": false }, "include": ["*.ts"] }`,
      'src/a.ts': 'export function f(x) { return x; }\n',
      'vite.ts': "import { f } from './src/a';\nexport function g(x) { return f(x); }\n",
    },
    'vite.ts',
  );
  expect(filesOf(result)).toEqual(['src/a.ts', 'vite.ts']);
  expect(problemsOf(result)).toEqual(["src/a.ts:1 Parameter 'x' implicitly has an 'any' type."]);
});

test('a file that two include belongs to the nearest', () => {
  const result = opened(
    {
      'tsconfig.json': `{ "compilerOptions": { ${OPTIONS}, "strict": false }, "references": [{ "path": "a" }] }`,
      'a/tsconfig.json': `{ "compilerOptions": { ${OPTIONS}, "composite": true, "strict": true } }`,
      'a/a.ts': 'export function f(x) { return x; }\n',
      'b.ts': "import { f } from './a/a';\nf(1);\n",
    },
    'b.ts',
  );
  expect(problemsOf(result)).toEqual(["a/a.ts:1 Parameter 'x' implicitly has an 'any' type."]);
});

test('references in a circle are followed once', () => {
  const result = opened(
    {
      'a/tsconfig.json': `{ "compilerOptions": { ${OPTIONS}, "composite": true }, "references": [{ "path": "../b" }] }`,
      'b/tsconfig.json': `{ "compilerOptions": { ${OPTIONS}, "composite": true }, "references": [{ "path": "../a" }] }`,
      'a/a.ts': "import type { B } from '../b/b';\nexport class A { b?: B; }\n",
      'b/b.ts': "import type { A } from '../a/a';\nexport class B { a?: A; }\n",
    },
    'a/a.ts',
  );
  expect(filesOf(result)).toEqual(['a/a.ts', 'b/b.ts']);
  expect(result.show(result.project.referencesTo(result.at('b/b.ts', 'class [B]')))).toEqual(['a/a.ts:1:15', 'a/a.ts:2:22']);
});

test('a test in no tsconfig.json counts among the users; a script that is no module does not', () => {
  const result = opened(
    {
      'package.json': '{ "name": "bus" }',
      'tsconfig.json': `{ "compilerOptions": { ${OPTIONS} }, "include": ["src"] }`,
      'src/bus.ts': 'export class Bus {}\n',
      'test/bus.test.ts': "import { Bus } from '../src/bus';\nnew Bus();\n",
      'scripts/run.mjs': "import { Bus } from '../src/bus';\nnew Bus();\n",
      'scripts/alone.ts': 'const Bus = 1;\n',
      'dist/bus.js': "import { Bus } from '../src/bus';\n",
      'node_modules/x/x.ts': "import { Bus } from '../../src/bus';\n",
    },
    'src/bus.ts',
  );
  expect(filesOf(result)).toEqual(['scripts/run.mjs', 'src/bus.ts', 'test/bus.test.ts']);
  expect(result.show(result.project.referencesTo(result.at('src/bus.ts', 'class [Bus]')))).toEqual([
    'scripts/run.mjs:1:10',
    'scripts/run.mjs:2:5',
    'test/bus.test.ts:1:10',
    'test/bus.test.ts:2:5',
  ]);
});

test('plain JavaScript needs no tsconfig.json', () => {
  const result = opened(
    {
      'package.json': '{ "name": "bus", "type": "module" }',
      'lib/bus.js': 'export class Bus { async start() {} }\n',
      'main.mjs': "import { Bus } from './lib/bus.js';\nawait new Bus().start();\n",
      'node_modules/x/index.js': "import { Bus } from '../../lib/bus.js';\n",
    },
    'main.mjs',
  );
  expect(filesOf(result)).toEqual(['lib/bus.js', 'main.mjs']);
  expect(result.show(result.project.referencesTo(result.at('lib/bus.js', 'class [Bus]')))).toEqual(['main.mjs:1:10', 'main.mjs:2:11']);
  expect(problemsOf(result)).toEqual([]);
});

test('an unreadable tsconfig.json, package.json or reference is told in one line, with the mend', () => {
  const source = { 'a.ts': 'export {};\n' };
  expect(failureOf({ ...source, 'tsconfig.json': '{\n  "include": ["a.ts"\n  "files": }\n' }, 'a.ts')).toBe(
    "/tsconfig.json:3 is not a valid tsconfig.json: ',' expected. Correct it, then run again",
  );
  expect(failureOf({ ...source, 'tsconfig.json': '{ "extends": "./base.json" }' }, 'a.ts')).toBe(
    "/tsconfig.json extends what is not there (Cannot read file '/base.json'): install the packages of the project or correct the name, then run again",
  );
  expect(failureOf({ ...source, 'tsconfig.json': '{ "extends": "@tsconfig/none" }' }, 'a.ts')).toMatch(/^\/tsconfig\.json extends what is not there \(File '@tsconfig\/none' not found\)/);
  expect(failureOf({ ...source, 'tsconfig.json': '{ "references": [{ "path": "./gone" }] }' }, 'a.ts')).toBe(
    '/tsconfig.json references /gone/tsconfig.json, which does not exist: correct or remove the reference',
  );
  expect(failureOf({ ...source, 'tsconfig.json': '{ "extends": "./other.json" }', 'other.json': '{ "extends": "./tsconfig.json" }' }, 'a.ts')).toMatch(
    /^\/\S+ is not a valid tsconfig\.json: Circularity detected/,
  );
  expect(failureOf({ ...source, 'package.json': '{ "name": }' }, 'a.ts')).toMatch(/^\/package\.json is not valid JSON: .*\. Correct it, then run again$/);
});

test('options of a later TypeScript are no reason to stop', () => {
  expect(failureOf({ 'a.ts': 'export {};\n', 'tsconfig.json': '{ "compilerOptions": { "fromTheFuture": true, "module": "node99" } }' }, 'a.ts')).toBe('opened');
});

test('a workspace package that is linked into node_modules is read once, where it is', () => {
  const folder = makeProject({
    'package.json': '{ "private": true, "workspaces": ["packages/*"] }',
    'packages/bus/package.json': '{ "name": "@w/bus", "main": "src/index.ts" }',
    'packages/bus/tsconfig.json': CONFIG,
    'packages/bus/src/index.ts': 'export class Bus {}\n',
    'packages/app/package.json': '{ "name": "app" }',
    'packages/app/tsconfig.json': CONFIG,
    'packages/app/main.ts': "import { Bus } from '@w/bus';\nnew Bus();\n",
    'node_modules/@w/keep': '',
  });
  symlinkSync('../../packages/bus', folder.at('node_modules/@w/bus'));
  const project = openProject([folder.at('packages/bus/src/index.ts')]);
  expect(project.files.map((file) => file.slice(folder.root.length + 1))).toEqual(['packages/app/main.ts', 'packages/bus/src/index.ts']);
  expect(project.referencesTo({ file: folder.at('packages/bus/src/index.ts'), offset: 13 })).toHaveLength(2);
});

test('a member of the workspace is looked at as pnpm lists it; a package that is none is not', () => {
  const result = opened(
    {
      'package.json': '{ "private": true }',
      'pnpm-workspace.yaml': "# all\npackages:\n  - 'libs/*'\n  - \"!libs/old\"\n  - apps/** # with those below\n\ncatalog:\n  x: 1\n",
      'libs/bus/package.json': '{ "name": "bus" }',
      'libs/bus/index.ts': 'export class Bus {}\n',
      'libs/old/package.json': '{ "name": "old" }',
      'libs/old/a.ts': "import { Bus } from 'bus';\n",
      'apps/deep/shop/package.json': '{ "name": "shop" }',
      'apps/deep/shop/a.ts': "import { Bus } from 'bus';\nnew Bus();\n",
      'tsconfig.json': CONFIG.replace('{', '{ "include": ["libs/bus"],'),
    },
    'libs/bus/index.ts',
  );
  expect(filesOf(result)).toEqual(['apps/deep/shop/a.ts', 'libs/bus/index.ts']);
  expect(result.show(result.project.referencesTo(result.at('libs/bus/index.ts', 'class [Bus]')))).toEqual(['apps/deep/shop/a.ts:1:10', 'apps/deep/shop/a.ts:2:5']);
});

test('what the installed TypeScript takes for said where nothing is', () => {
  const files = {
    'tsconfig.json': '{ "compilerOptions": { "lib": ["es2022"] } }',
    'a.ts': 'export function f(x) { return x; }\n',
  };
  expect(problemsOf(opened({ ...files, 'node_modules/typescript/package.json': '{ "version": "5.9.2" }' }, 'a.ts'))).toEqual([]);
  expect(problemsOf(opened({ ...files, 'node_modules/typescript/package.json': '{ "version": "6.0.3" }' }, 'a.ts'))).toHaveLength(1);
});
