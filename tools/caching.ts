/**
 * Usage: npm run caching. Writes a workspace of 20 packages, and runs `lint` and `lifecycle-codemod --check` in each under Turborepo and under Nx (from
 * npm, 120 MB): twice, after a change of one package, of a configuration, and in a second checkout with a remote cache. Prints how many tasks were
 * really run, as Markdown; exits with 1 if those are not the ones whose files have changed. Not for Windows: the commands are counted by shell scripts.
 */
import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildPackage } from './build-package.ts';
import { startCacheServer } from './caching/cache-server.ts';
import { installInto, takeRuns, writeWorkspace } from './caching/workspace.ts';
import { run } from './check-package/run.ts';
import { markdownTable } from './markdown-table.ts';

const PACKAGES = 20;
const ENGINES = ['turbo@2.11.11', 'nx@24.0.6'];
const COMMANDS = {
  Turborepo: ['turbo', 'run', 'lint', 'codemods', '--output-logs=errors-only', '--cache=local:rw,remote:rw'],
  Nx: ['nx', 'run-many', '--targets=lint,codemods', '--outputStyle=static'],
} as const;

interface Step {
  readonly title: string;
  /** The number of tasks that have to be run. */
  readonly tasks: number;
  readonly change: (root: string) => void;
}

const note = (path: string, text: string) => (root: string) => appendFileSync(join(root, path), text);
const STEPS: readonly Step[] = [
  { title: 'first run', tasks: 2 * PACKAGES, change: () => undefined },
  { title: 'second run', tasks: 0, change: () => undefined },
  { title: 'a source of one package changed', tasks: 2, change: note('packages/service-07/src/tunnel.ts', '// Changed.\n') },
  { title: 'a `lifecycle.config.json` in one package', tasks: 2, change: note('packages/service-03/lifecycle.config.json', '{ "pairs": [["arm", "disarm"]] }\n') },
  { title: 'a package more', tasks: 2, change: addPackage },
  { title: '`eslint.config.js` of the root changed', tasks: PACKAGES + 1, change: note('eslint.config.js', '// Changed.\n') },
  { title: 'a `lifecycle.config.json` in the root', tasks: PACKAGES + 1, change: note('lifecycle.config.json', '{ "frameworks": ["nest"] }\n') },
];

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lifecycle-caching-')));
const remote = await startCacheServer();
try {
  const builtPackage = await buildPackage('caching');
  const engines = join(folder, 'engines');
  mkdirSync(engines);
  writeFileSync(join(engines, 'package.json'), '{ "name": "engines", "private": true }\n');
  must(run(engines, 'npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', ...ENGINES));

  const columns: (readonly number[])[] = [];
  for (const engine of ['Turborepo', 'Nx'] as const) columns.push(await columnOf(engine, builtPackage, engines));
  const titles = [...STEPS.map(({ title, tasks }) => [title, tasks] as const), ['a second checkout, with a remote cache', 0] as const];
  console.log(markdownTable([['tasks run', 'due', ...ENGINES], ...titles.map(([title, tasks], row) => [title, tasks, ...columns.map((column) => column[row] ?? '')])]));
  console.log(`\n${remote.size()} entries in the remote cache`);
} finally {
  remote.close();
  rmSync(folder, { recursive: true, force: true });
}

async function columnOf(engine: keyof typeof COMMANDS, builtPackage: string, engines: string): Promise<readonly number[]> {
  const root = join(folder, engine, 'one');
  mkdirSync(root, { recursive: true });
  writeWorkspace(root, PACKAGES);
  installInto(root, builtPackage, engines);
  // Turborepo reads the workspace from the lock file; nothing is fetched.
  must(run(root, 'npm', 'install', '--package-lock-only', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'));
  commitAll(root);
  const column = [];
  for (const { title, tasks, change } of STEPS) {
    change(root);
    column.push(await countRuns(engine, root, title, tasks));
  }

  const second = join(folder, engine, 'two');
  cpSync(root, second, { recursive: true, filter: (path) => !/[\\/](?:\.git|\.nx|\.turbo|node_modules)$/.test(path) });
  installInto(second, builtPackage, engines);
  commitAll(second);
  return [...column, await countRuns(engine, second, 'a second checkout', 0)];
}

async function countRuns(engine: keyof typeof COMMANDS, root: string, title: string, due: number): Promise<number> {
  const [command, ...args] = COMMANDS[engine];
  const env = {
    ...process.env,
    ...{ TURBO_TELEMETRY_DISABLED: '1', TURBO_API: remote.url, TURBO_TOKEN: 'any', TURBO_TEAMID: 'team_any' },
    ...{ NX_DAEMON: 'false', NX_TUI: 'false', NX_SELF_HOSTED_REMOTE_CACHE_SERVER: remote.url, NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: 'any' },
  };
  const { stdout, stderr } = await promisify(execFile)(join(root, 'node_modules/.bin', command), args, { cwd: root, env, maxBuffer: 2 ** 26 });
  const runs = takeRuns(root);
  if (runs === due) return runs;
  process.exitCode = 1;
  console.error(`${engine}, ${title}: ${runs} tasks were run, not ${due}\n${stdout}${stderr}`);
  return runs;
}

function addPackage(root: string): void {
  const [from, to] = ['service-01', 'service-21'].map((name) => join(root, 'packages', name)) as [string, string];
  cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.turbo') });
  writeFileSync(join(to, 'package.json'), JSON.stringify({ name: 'service-21', private: true, type: 'module', scripts: { lint: 'eslint .', codemods: 'lifecycle-codemod --check .' } }));
}

function commitAll(root: string): void {
  must(run(root, 'git', 'init', '--quiet'));
  must(run(root, 'git', 'add', '--all'));
  must(run(root, 'git', '-c', 'user.name=caching', '-c', 'user.email=caching@localhost', 'commit', '--quiet', '--message', 'all'));
}

function must({ status, output }: { readonly status: number; readonly output: string }): void {
  if (status !== 0) throw new Error(output);
}
