import { mkdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { buildPackage } from '../tools/build-package.ts';
import type { Run } from '../tools/check-package/run.ts';
import { type Project, makeProject } from './cli/project.ts';
import { evened, excerptsOf, readSteps, runScript } from './walkthrough.ts';

const ROOT = resolve(import.meta.dirname, '..');
/** What the pages have npm install stands in this checkout: it is linked instead, as no test asks a registry. */
const COMMANDS: Readonly<Record<string, { readonly name: string; readonly file: string }>> = {
  eslint: { name: 'eslint', file: 'bin/eslint.js' },
  'eslint-plugin-lifecycle': { name: 'lifecycle-codemod', file: 'dist/cli/main.js' },
  typescript: { name: 'tsc', file: 'bin/tsc' },
};

let built = '';

beforeAll(async () => {
  built = await buildPackage('walkthroughs');
});

/** What `npm install <name>` leaves behind: the package, its command, and its place in package.json. */
function install(project: Project, name: string): void {
  const modules = project.at('node_modules');
  const target = name === 'eslint-plugin-lifecycle' ? built : realpathSync(join(ROOT, 'node_modules', name));
  const link = (to: string, at: string): void => {
    mkdirSync(dirname(at), { recursive: true });
    symlinkSync(to, at);
  };
  link(target, join(modules, name));
  const command = COMMANDS[name];
  if (command !== undefined) link(join(target, command.file), join(modules, '.bin', command.name));
  const packageJson = JSON.parse(project.read('package.json')) as { readonly dependencies?: object };
  project.write({ 'package.json': JSON.stringify({ ...packageJson, dependencies: { ...packageJson.dependencies, [name]: '*' } }) });
}

/** Runs the lines in order, up to the first that fails. */
function follow(project: Project, script: string): Run {
  const output: string[] = [];
  for (const part of script.split(/^(npm install .+\n)/m)) {
    const [, packages] = /^npm install (?:--save-dev )?(.+)\n/.exec(part) ?? [];
    for (const name of packages?.split(' ') ?? []) install(project, name.replace(/(?<=.)@\d+$/, ''));
    if (packages !== undefined) continue;
    const result = runScript(project.root, part);
    output.push(result.output);
    if (result.status !== 0) return { status: result.status, output: output.join('') };
  }
  return { status: 0, output: output.join('') };
}

function atHome(): void {
  const settings = { NO_COLOR: '1', npm_config_offline: 'true', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const person = { GIT_AUTHOR_NAME: 'you', GIT_AUTHOR_EMAIL: 'you@localhost', GIT_COMMITTER_NAME: 'you', GIT_COMMITTER_EMAIL: 'you@localhost' };
  for (const [name, value] of Object.entries({ ...settings, ...person })) vi.stubEnv(name, value);
  for (const name of ['FORCE_COLOR', 'GITHUB_ACTIONS', 'GIT_DIR', 'GIT_INDEX_FILE', 'GIT_WORK_TREE', 'NODE_OPTIONS']) vi.stubEnv(name, undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
}

test.skipIf(process.platform === 'win32').each(['getting-started', 'adopting'])('docs/%s.md does what it says', (page) => {
  atHome();
  const project = makeProject({});
  const steps = readSteps(readFileSync(join(ROOT, 'docs', `${page}.md`), 'utf8'));
  expect(steps.length).toBeGreaterThan(10);
  for (const step of steps) {
    if (step.kind === 'file') {
      project.write({ [step.path]: step.text });
      continue;
    }
    const { status, output } = follow(project, step.script);
    expect({ script: step.script, output, status }).toMatchObject({ status: step.exit });
    let rest = evened(output, project.root);
    for (const excerpt of excerptsOf(step.says)) {
      expect(rest, step.script).toContain(excerpt);
      rest = rest.slice(rest.indexOf(excerpt) + excerpt.length);
    }
  }
});
