import { chmodSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defaultEngine } from '../../cli/default-engine.ts';
import type { Engine } from '../../cli/engine.ts';
import { makeRepository, run } from './project.ts';

const BUS = `export class Bus {
  #socket: object | undefined;
  async start(): Promise<void> {
    this.#socket = await open();
  }
  async stop(): Promise<void> {
    await close(this.#socket);
  }
  async send(text: string): Promise<void> {
    await open(text);
  }
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}
declare function open(text?: string): Promise<object>;
declare function close(socket: object | undefined): Promise<void>;
`;

const SEND = `import { Bus } from './bus.ts';

export async function send(text: string): Promise<void> {
  const bus = new Bus();
  await bus.start();
  await bus.send(text);
  await bus.stop();
}
`;

const POLLER = `export class Poller {
  constructor() {
    void this.start();
  }
  async start(): Promise<void> {
    await Promise.resolve();
  }
  async stop(): Promise<void> {
    await Promise.resolve();
  }
}
`;

const MAIN = `import { Poller } from '../src/poller.ts';

export async function main(): Promise<Poller> {
  const poller = new Poller();
  return poller;
}
`;

const PACKAGE = '{ "name": "app", "private": true, "engines": { "node": ">=20" }, "scripts": { "build": "tsc" } }\n';

function tsconfig(lib: string): string {
  return `{\n  // what Node 20 has\n  "compilerOptions": { "target": "es2022", "lib": [${lib}], "types": [], "module": "nodenext", "rewriteRelativeImportExtensions": true, "strict": true, "outDir": "dist" }\n}\n`;
}

const USING = ['--codemod', 'use-await-using'];
const MOVE = ['--codemod', 'move-start-out-of-constructor'];

describe('codemods that read the whole project', () => {
  test('change what has to change with a file, where nobody asked for it', async () => {
    const project = makeRepository({ 'package.json': PACKAGE, 'tsconfig.json': tsconfig('"es2022"'), 'src/poller.ts': POLLER, 'app/main.ts': MAIN });
    const { exitCode, stdout } = await run(project.root, [...MOVE, 'src'], defaultEngine);
    expect(stdout).toContain('src/poller.ts:1  Poller: ');
    expect(exitCode).toBe(0);
    expect(project.read('src/poller.ts')).not.toContain('constructor');
    expect(project.read('app/main.ts')).toContain('  const poller = new Poller();\n  await poller.start();\n  return poller;\n');
  });

  test('write none of the files where one of them cannot be written', async () => {
    const project = makeRepository({ 'package.json': PACKAGE, 'tsconfig.json': tsconfig('"es2022"'), 'src/poller.ts': POLLER, 'app/main.ts': MAIN });
    chmodSync(project.at('app/main.ts'), 0o444);
    const { exitCode, stdout } = await run(project.root, [...MOVE, 'src'], defaultEngine);
    expect(stdout).toContain('app/main.ts  not written: it is read-only');
    expect(exitCode).toBe(2);
    expect(project.read('src/poller.ts')).toBe(POLLER);
  });

  test('refuse to touch uncommitted changes in a file that nobody named', async () => {
    const project = makeRepository({ 'package.json': PACKAGE, 'tsconfig.json': tsconfig('"es2022"'), 'src/poller.ts': POLLER, 'app/main.ts': MAIN });
    project.write({ 'app/main.ts': `${MAIN}// not committed\n` });
    const { exitCode, stderr } = await run(project.root, [...MOVE, 'src'], defaultEngine);
    expect(stderr).toContain('app/main.ts');
    expect(exitCode).toBe(3);
    expect(project.read('src/poller.ts')).toBe(POLLER);
  });

  test('tell what they leave with the place in whatever file it is', async () => {
    const project = makeRepository({
      'package.json': PACKAGE,
      'tsconfig.json': tsconfig('"es2022"'),
      'src/poller.ts': POLLER,
      'app/make.ts': "import { Poller } from '../src/poller.ts';\n\nexport const make = (): Poller => new Poller();\n",
    });
    const { exitCode, stdout } = await run(project.root, [...MOVE, 'src'], defaultEngine);
    expect(stdout).toContain('app/make.ts:3:35  Poller: `new Poller()` in make() is returned before it could be started (move-start-out-of-constructor)');
    expect(stdout).toContain('found 1 service: 1 left for you');
    expect(exitCode).toBe(1);
    expect(project.read('src/poller.ts')).toBe(POLLER);
  });

  test('use a `finally` where the project does not know `await using`, and widen its lib when asked to', async () => {
    const files = { 'package.json': PACKAGE, 'tsconfig.json': tsconfig('"es2022"'), 'src/bus.ts': BUS.replace('  [Symbol.asyncDispose](): Promise<void> {\n    return this.stop();\n  }\n', ''), 'src/send.ts': SEND };
    const plain = makeRepository(files);
    expect((await run(plain.root, [...USING, 'src'], defaultEngine)).exitCode).toBe(0);
    expect(plain.read('src/send.ts')).toContain('  try {\n    await bus.send(text);\n  } finally {\n    await bus.stop();\n  }\n');

    const asked = makeRepository({ ...files, 'src/bus.ts': BUS });
    const { exitCode, stdout } = await run(asked.root, [...USING, '--tsconfig', 'src'], defaultEngine);
    expect(stdout).toContain('tsconfig.json:1  compilerOptions: ESNext.Disposable in lib');
    expect(exitCode).toBe(0);
    expect(asked.read('tsconfig.json')).toBe(tsconfig('"es2022", "esnext.disposable"'));
    expect(asked.read('src/send.ts')).toContain('  await using bus = new Bus();\n  await bus.start();\n  await bus.send(text);\n}\n');
    expect((await run(asked.root, [...USING, '--tsconfig', '--check', 'src'], defaultEngine)).exitCode).toBe(0);
  });

  test('leave a tsconfig.json alone that is not needed', async () => {
    const project = makeRepository({ 'package.json': PACKAGE, 'tsconfig.json': tsconfig('"es2022"'), 'src/poller.ts': POLLER, 'app/main.ts': MAIN });
    await run(project.root, [...MOVE, '--tsconfig', 'src'], defaultEngine);
    expect(project.read('tsconfig.json')).toBe(tsconfig('"es2022"'));
  });

  test('say in one line what is wrong with a tsconfig.json', async () => {
    const project = makeRepository({ 'package.json': PACKAGE, 'tsconfig.json': '{ "extends": "./nowhere.json" }', 'src/poller.ts': POLLER });
    const { exitCode, stderr } = await run(project.root, [...MOVE, 'src'], defaultEngine);
    expect(stderr).toMatch(/^lifecycle-codemod: \S+tsconfig\.json extends what is not there[^\n]+\n$/);
    expect(exitCode).toBe(2);
  });

  test('run by themselves', async () => {
    const project = makeRepository({ 'src/poller.ts': POLLER });
    const { exitCode, stderr } = await run(project.root, ['--codemod', 'use-await-using', 'add-async-dispose', 'src'], defaultEngine);
    expect(stderr).toContain('use-await-using reads the whole project: run it by itself');
    expect(exitCode).toBe(2);
  });

  test('load no compiler where nothing may concern them, nor for any other codemod', async () => {
    const project = makeRepository({ 'src/poller.ts': POLLER, 'src/quiet.ts': 'export const answer = 42;\n' });
    const engine: Engine = { ...defaultEngine, loadOpenProject: () => Promise.reject(new Error('loaded')) };
    expect(await run(project.root, [...USING, 'src/quiet.ts'], engine)).toEqual({ exitCode: 0, stdout: 'Read 1 file, found nothing for these codemods to do.\n', stderr: '' });
    expect((await run(project.root, ['--dry-run', 'src'], engine)).exitCode).toBe(0);
    expect((await run(project.root, [...MOVE, '--dry-run', 'src'], engine)).exitCode).toBe(2);
  });
});
