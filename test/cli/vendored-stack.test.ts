import { chmodSync, existsSync } from 'node:fs';
import dedent from 'dedent';
import { expect, test } from 'vitest';
import { defaultEngine } from '../../cli/default-engine.ts';
import { lifecycleStackSource } from '../../edits/lifecycle-stack-source.ts';
import { makeRepository, run } from './project.ts';

const PACKAGE = '{ "name": "app", "private": true, "type": "module", "engines": { "node": ">=20" }, "scripts": { "build": "tsc" } }\n';
const TSCONFIG = `{ "compilerOptions": { "target": "es2022", "lib": ["es2022", "esnext.disposable"], "types": [], "module": "nodenext", "strict": true, "outDir": "dist" } }\n`;

const STORE = `${dedent`
  export class Store {
    #handle: object | undefined;
    async open(): Promise<void> {
      this.#handle = await Promise.resolve({});
    }
    async close(): Promise<void> {
      await Promise.resolve(this.#handle);
    }
    async read(): Promise<string> {
      return await Promise.resolve('');
    }
  }
`}\n`;

function copying(store: string): string {
  return `${dedent`
    import { Store } from '${store}';

    export async function copy(): Promise<void> {
      const from = new Store();
      await from.open();
      const to = new Store();
      await to.open();
      await from.read();
      await to.close();
      await from.close();
    }
  `}\n`;
}

function copied(store: string, stack: string): string {
  return `${dedent`
    import { Store } from '${store}';
    import { AsyncDisposableStack } from '${stack}';

    export async function copy(): Promise<void> {
      const from = new Store();
      await using stack = new AsyncDisposableStack();
      stack.defer(() => from.close());
      await from.open();
      const to = new Store();
      stack.defer(() => to.close());
      await to.open();
      await from.read();
    }
  `}\n`;
}

const USING = ['--codemod', 'use-await-using'];
const STACK = lifecycleStackSource('lifecycle-stack.ts');

test('the stack is written once into the sources, and beside what lies elsewhere', async () => {
  const project = makeRepository({
    'package.json': PACKAGE,
    'tsconfig.json': TSCONFIG,
    'src/store.ts': STORE,
    'src/copy.ts': copying('./store.js'),
    'src/deep/copy.ts': copying('../store.js'),
    'bench/copy.ts': copying('../src/store.js'),
  });
  const { exitCode, stdout, stderr } = await run(project.root, [...USING, '.'], defaultEngine);
  expect(stderr).toBe('');
  expect(stdout).toContain('src/lifecycle-stack.ts    new file: the stack that the others import');
  expect(stdout).toContain('src/deep/copy.ts:3        copy: await using');
  expect(exitCode).toBe(0);
  expect(project.read('src/copy.ts')).toBe(copied('./store.js', './lifecycle-stack.js'));
  expect(project.read('src/deep/copy.ts')).toBe(copied('../store.js', '../lifecycle-stack.js'));
  expect(project.read('bench/copy.ts')).toBe(copied('../src/store.js', './lifecycle-stack.js'));
  expect([project.read('src/lifecycle-stack.ts'), project.read('bench/lifecycle-stack.ts')]).toEqual([STACK, STACK]);
  expect(existsSync(project.at('src/deep/lifecycle-stack.ts'))).toBe(false);
  expect((await run(project.root, [...USING, '--check', '.'], defaultEngine)).exitCode).toBe(0);
});

test('the diffs show it once, and a lib is widened with it', async () => {
  const project = makeRepository({ 'package.json': PACKAGE, 'tsconfig.json': TSCONFIG.replace(', "esnext.disposable"', ''), 'src/store.ts': STORE, 'src/copy.ts': copying('./store.js'), 'src/deep/copy.ts': copying('../store.js'), 'src/one.ts': copying('./store.js').replaceAll(/.*\bto\b.*\n/g, '') });
  const { stdout } = await run(project.root, [...USING, '--tsconfig', '--dry-run', '--typecheck', '--format', 'json', '.'], defaultEngine);
  expect(JSON.parse(stdout)).toMatchObject({ newFiles: ['src/lifecycle-stack.ts'], files: [{ file: 'src/copy.ts' }, { file: 'src/deep/copy.ts' }, { file: 'src/one.ts' }, { file: 'tsconfig.json' }] });
  const { stdout: diff } = await run(project.root, [...USING, '--tsconfig', '--dry-run', '.'], defaultEngine);
  expect(diff.match(/^\+\+\+ .*lifecycle-stack/gm)).toHaveLength(1);
  expect((await run(project.root, [...USING, '--tsconfig', '.'], defaultEngine)).exitCode).toBe(0);
  expect(project.read('tsconfig.json')).toBe(TSCONFIG);
  expect(project.read('src/copy.ts')).toBe(copied('./store.js', './lifecycle-stack.js'));
  expect(project.read('src/one.ts')).toContain('  try {\n    await from.read();\n  } finally {\n    await from.close();\n  }\n');
});

test('each package of a monorepo has its own, if its Node has none', async () => {
  const member = (name: string, node: string): Record<string, string> => ({
    [`packages/${name}/package.json`]: PACKAGE.replace('app', name).replace('>=20', node),
    [`packages/${name}/tsconfig.json`]: TSCONFIG,
    [`packages/${name}/src/store.ts`]: STORE,
    [`packages/${name}/src/copy.ts`]: copying('./store.js'),
  });
  const project = makeRepository({ 'package.json': '{ "private": true, "workspaces": ["packages/*"] }', ...member('old', '>=20'), ...member('older', '^22'), ...member('oldest', '>=18'), ...member('new', '>=24') });
  const { exitCode } = await run(project.root, [...USING, '.'], defaultEngine);
  expect(exitCode).toBe(0);
  expect(['old', 'older', 'oldest', 'new'].map((name) => existsSync(project.at(`packages/${name}/src/lifecycle-stack.ts`)))).toEqual([true, true, false, false]);
  expect(project.read('packages/older/src/copy.ts')).toBe(copied('./store.js', './lifecycle-stack.js'));
  expect(project.read('packages/oldest/src/copy.ts')).toContain('  } finally {\n    await from.close();\n  }\n');
  expect(project.read('packages/new/src/copy.ts')).not.toContain('import { AsyncDisposableStack }');
});

test('a caller in another package is written for the Node of its own', async () => {
  const caller = copying('library').replaceAll(/new Store\(\);\n.*open\(\);/g, 'await createStore();').replace('{ Store }', '{ createStore }');
  const project = makeRepository({
    'package.json': '{ "private": true, "workspaces": ["packages/*"] }',
    'packages/library/package.json': PACKAGE.replace('app', 'library').replace('>=20', '>=24').replace('"scripts"', '"exports": "./src/store.ts", "scripts"'),
    'packages/library/tsconfig.json': TSCONFIG,
    'packages/library/src/store.ts': `${STORE}\nexport async function createStore(): Promise<Store> {\n  const store = new Store();\n  await store.open();\n  return store;\n}\n`,
    'packages/app/package.json': PACKAGE.replace('"scripts"', '"dependencies": { "library": "*" }, "scripts"'),
    'packages/app/tsconfig.json': TSCONFIG,
    'packages/app/src/copy.ts': caller,
  });
  const { exitCode, stdout } = await run(project.root, [...USING, 'packages/library'], defaultEngine);
  expect(stdout).toContain('packages/app/src/lifecycle-stack.ts');
  expect(exitCode).toBe(0);
  expect(project.read('packages/app/src/copy.ts')).toContain("import { AsyncDisposableStack } from './lifecycle-stack.js';\n");
  expect(project.read('packages/app/src/lifecycle-stack.ts')).toBe(STACK);
});

test('a file that is there is used, and what is no stack is not replaced', async () => {
  const files = { 'package.json': PACKAGE, 'tsconfig.json': TSCONFIG, 'src/store.ts': STORE, 'src/copy.ts': copying('./store.js') };
  const formatted = `${STACK}\n// formatted since\n`;
  const known = makeRepository({ ...files, 'src/lifecycle-stack.ts': formatted });
  expect((await run(known.root, [...USING, '.'], defaultEngine)).exitCode).toBe(0);
  expect(known.read('src/copy.ts')).toBe(copied('./store.js', './lifecycle-stack.js'));
  expect(known.read('src/lifecycle-stack.ts')).toBe(formatted);

  const another = makeRepository({ ...files, 'src/lifecycle-stack.ts': 'export const stack = [];\n' });
  expect((await run(another.root, [...USING, '.'], defaultEngine)).exitCode).toBe(0);
  expect(another.read('src/copy.ts')).toContain('  } finally {\n    await from.close();\n  }\n');
  expect(another.read('src/lifecycle-stack.ts')).toBe('export const stack = [];\n');

  const unseen = makeRepository({ ...files, 'tsconfig.json': TSCONFIG.replace(' } }', ' }, "include": ["src/copy.ts"] }'), 'src/lifecycle-stack.ts': 'const stack = [];\n' });
  const { exitCode, stdout } = await run(unseen.root, [...USING, '.'], defaultEngine);
  expect(stdout).toContain('src/copy.ts  not changed, because src/lifecycle-stack.ts is there and is not the stack: rename it');
  expect(exitCode).toBe(2);
  expect(unseen.read('src/copy.ts')).toBe(copying('./store.js'));
});

test('no stack is left behind where what would import it cannot be written', async () => {
  const project = makeRepository({ 'package.json': PACKAGE, 'tsconfig.json': TSCONFIG, 'src/store.ts': STORE, 'src/copy.ts': copying('./store.js'), 'src/deep/copy.ts': copying('../store.js') });
  chmodSync(project.at('src/deep/copy.ts'), 0o444);
  const { exitCode, stdout } = await run(project.root, [...USING, '.'], defaultEngine);
  expect(stdout).toContain('src/deep/copy.ts  not written: it is read-only');
  expect(exitCode).toBe(2);
  expect(project.read('src/copy.ts')).toBe(copying('./store.js'));
  expect(existsSync(project.at('src/lifecycle-stack.ts'))).toBe(false);
});

test('a stack that would not compile is not written, nor what would import it', async () => {
  // The stack has private fields, and es5 none.
  const project = makeRepository({ 'package.json': PACKAGE, 'tsconfig.json': TSCONFIG.replace('"es2022"', '"es5"'), 'src/store.ts': STORE.replaceAll('#', ''), 'src/copy.ts': copying('./store.js') });
  const { exitCode, stdout } = await run(project.root, [...USING, '.'], defaultEngine);
  expect(stdout).toMatch(/src\/copy\.ts:3:8 +copy: the edit did not hold: there would be \d+ more type errors: .*\/src\/lifecycle-stack\.ts:3 Private identifiers are only available when targeting ECMAScript 2015 and higher/);
  expect(exitCode).toBe(1);
  expect(project.read('src/copy.ts')).toBe(copying('./store.js'));
  expect(existsSync(project.at('src/lifecycle-stack.ts'))).toBe(false);
});
