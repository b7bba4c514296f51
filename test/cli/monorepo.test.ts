import { expect, test } from 'vitest';
import { defaultEngine } from '../../cli/default-engine.ts';
import { makeRepository, run } from './project.ts';

/** A service whose stop waits for a loop, so that it needs a lock, a deadline and a dispose. */
function service(isTypeScript: boolean): string {
  const [promise, state] = isTypeScript ? [': Promise<void>', '  private loop: Promise<void> | undefined;\n  private running = false;\n'] : ['', ''];
  return `class Poller {
${state}  async start()${promise} {
    if (this.running) return;
    await connect();
    this.running = true;
    this.loop = this.consume();
  }

  async stop()${promise} {
    this.running = false;
    await this.loop;
    this.loop = undefined;
  }

  async consume()${promise} {
    while (this.running) await poll();
  }
}
`;
}

const manifest = (fields: object): string => JSON.stringify({ name: 'x', ...fields });

test('in one run, every package gets what its own package.json, tsconfig.json and settings say', async () => {
  const { root, read } = makeRepository({
    'package.json': manifest({ private: true, engines: { node: '>=24' }, dependencies: { 'async-lock': '1' } }),
    // ES modules in TypeScript, Node 22, with libraries of their own.
    'packages/modern/package.json': manifest({ type: 'module', engines: { node: '>=22' }, dependencies: { 'async-mutex': '1', 'p-timeout': '7' } }),
    'packages/modern/tsconfig.json': '{ "compilerOptions": { "module": "nodenext" } } // as always\n',
    'packages/modern/src/poller.ts': `import { connect, poll } from './net.js';\nexport ${service(true)}`,
    // TypeScript that becomes CommonJS: p-timeout could not be required there.
    'packages/classic/package.json': manifest({ engines: { node: '>=18' }, dependencies: { 'async-lock': '1' } }),
    'packages/classic/tsconfig.base.json': '{ "compilerOptions": { "module": "node16", }, }',
    'packages/classic/tsconfig.json': '{ "extends": "./tsconfig.base.json" }',
    'packages/classic/src/poller.ts': `import { connect, poll } from './net';\nexport ${service(true)}`,
    // CommonJS that nothing in the file tells.
    'packages/plain/package.json': manifest({ type: 'commonjs', engines: { node: '>=20' }, dependencies: { 'es-toolkit': '1' } }),
    'packages/plain/poller.js': service(false),
    // A Node that has no Symbol.asyncDispose, with names of its own for start and stop.
    'packages/old/package.json': manifest({ type: 'module', engines: { node: '>=16' }, lifecycle: { pairs: [['arm', 'disarm']] } }),
    'packages/old/poller.js': service(false).replace('async start', 'async arm').replace('async stop', 'async disarm'),
  });

  const { exitCode, stdout } = await run(root, ['packages'], defaultEngine);

  const modern = read('packages/modern/src/poller.ts');
  expect(modern).toContain("import { Mutex } from 'async-mutex';\n");
  expect(modern).toContain("from 'p-timeout';\n");
  expect(modern).toContain('[Symbol.asyncDispose]()');

  const classic = read('packages/classic/src/poller.ts');
  expect(classic).toContain("import AsyncLock from 'async-lock';\n");
  expect(classic).toMatch(/import \{ [^}]*withDeadline[^}]* \} from '\.\/lifecycle-lock';\n/);
  expect(classic).not.toContain('p-timeout');

  const plain = read('packages/plain/poller.js');
  expect(plain).toMatch(/^const \{ Mutex, TimeoutError, withTimeout \} = require\('es-toolkit'\);\n/);
  expect(plain).not.toContain('import ');

  const old = read('packages/old/poller.js');
  expect(old).toContain("import { Mutex } from 'async-mutex';\n");
  expect(old).toContain("from './lifecycle-lock.js';\n");
  expect(old).not.toContain('asyncDispose');

  expect(stdout).not.toContain('cd packages/plain');
  expect(stdout).toContain('  cd packages/old && npm install async-mutex\n');
  expect(stdout).not.toContain('cd packages/modern');
  expect(stdout).toContain('runs on Node 16, which has no Symbol.asyncDispose (add-async-dispose)');
  expect(exitCode).toBe(1);
});

test('a second run over the same packages changes nothing', async () => {
  const { root, read } = makeRepository({
    'one/package.json': manifest({ type: 'commonjs' }),
    'one/a.js': service(false),
    'two/package.json': manifest({ type: 'module' }),
    'two/a.js': service(false),
  });
  await run(root, ['.'], defaultEngine);
  const [one, two] = [read('one/a.js'), read('two/a.js')];
  expect(one).toContain('require(');
  expect(two).toContain('import ');
  expect((await run(root, ['.', '--check'], defaultEngine)).stdout).toBe('');
  expect([read('one/a.js'), read('two/a.js')]).toEqual([one, two]);
});
