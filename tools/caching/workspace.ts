import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { linkPackages } from '../../test/link-packages.ts';

const FIXTURE = resolve(import.meta.dirname, '../../fixtures/workspaces/cached');
const LINKED = { eslint: undefined, typescript: undefined, 'typescript-eslint': undefined, 'async-mutex': undefined };
/** The commands of the tasks, and what they stand for. */
const COMMANDS = { eslint: 'node_modules/eslint/bin/eslint.js', 'lifecycle-codemod': 'node_modules/eslint-plugin-lifecycle/dist/cli/main.js' };
const RUNS = 'node_modules/.runs';

/** Writes a workspace of so many copies of the package of the fixture. */
export function writeWorkspace(root: string, packages: number): void {
  for (const file of ['package.json', 'eslint.config.js', 'turbo.json', 'nx.json']) cpSync(join(FIXTURE, file), join(root, file));
  writeFileSync(join(root, '.gitignore'), 'node_modules/\n.turbo/\n.nx/\n');
  for (let number = 1; number <= packages; number++) {
    const name = `service-${String(number).padStart(2, '0')}`;
    const folder = join(root, 'packages', name);
    cpSync(join(FIXTURE, 'packages/service'), folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), readFileSync(join(folder, 'package.json'), 'utf8').replace('"service"', `"${name}"`));
  }
}

/** Gives the workspace the engines and the packages that its tasks need, and commands that note down each run. */
export function installInto(root: string, builtPackage: string, engines: string): void {
  rmSync(join(root, 'node_modules'), { recursive: true, force: true });
  linkPackages(root, builtPackage, LINKED);
  for (const engine of ['turbo', 'nx']) {
    symlinkSync(join(engines, 'node_modules', engine), join(root, 'node_modules', engine), 'junction');
    symlinkSync(join(engines, 'node_modules/.bin', engine), join(root, 'node_modules/.bin', engine));
  }
  for (const [command, script] of Object.entries(COMMANDS)) {
    const path = join(root, 'node_modules/.bin', command);
    rmSync(path, { force: true });
    mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
    writeFileSync(path, `#!/bin/sh\necho ${command} "$PWD" >> '${join(root, RUNS)}'\nexec '${process.execPath}' '${join(root, script)}' "$@"\n`, { mode: 0o755 });
  }
}

/** How often a task was run since the last time this was asked. */
export function takeRuns(root: string): number {
  const path = join(root, RUNS);
  if (!existsSync(path)) return 0;
  const runs = readFileSync(path, 'utf8').trim().split('\n').length;
  rmSync(path);
  return runs;
}
