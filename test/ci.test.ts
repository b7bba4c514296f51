import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { defaultEngine } from '../cli/default-engine.ts';
import { buildPackage } from '../tools/build-package.ts';
import { commitAll, git, makeProject, run, type Project } from './cli/project.ts';
import { linkPackages } from './link-packages.ts';
import { readPage } from './read-page.ts';

const ROOT = resolve(import.meta.dirname, '..');
const blocks = readPage(readFileSync(join(ROOT, 'docs/ci.md'), 'utf8')).flatMap((section) => section.blocks);
const codesIn = (language: string): readonly string[] => blocks.filter((block) => block.language === language).map(({ code }) => code);

const PACKAGES = {
  eslint: 'bin/eslint.js',
  'eslint-formatter-gitlab': undefined,
  'lint-staged': 'bin/lint-staged.js',
  oxlint: 'bin/oxlint',
  typescript: undefined,
  'typescript-eslint': undefined,
  'async-mutex': undefined,
  'p-timeout': undefined,
};
const ESLINT_CONFIG = `import lifecycle from 'eslint-plugin-lifecycle';
import tseslint from 'typescript-eslint';
export default [{ files: ['src/**/*.ts'], languageOptions: { parser: tseslint.parser } }, ...lifecycle.configs.recommended];
`;
const MANIFEST = { name: 'x', private: true, type: 'module', devDependencies: { 'async-mutex': '*', 'p-timeout': '*' } };
const env = { ...process.env, NO_COLOR: '1', ESLINT_CODE_QUALITY_REPORT: 'gl-code-quality.json' };

const ajv = new Ajv.default({ strict: false, unicodeRegExp: false });
addFormats.default(ajv);
const isSarif = ajv.compile(schema as object);

let builtPackage = '';

beforeAll(async () => {
  builtPackage = await buildPackage('ci');
});

/** A branch of `origin/main` whose last commit has put a service into `src`: as somebody wrote it, or as the command leaves it. */
async function makeBranch(state: 'faulty' | 'mended', manifest: object = MANIFEST): Promise<Project> {
  const project = makeProject({ '.gitignore': 'node_modules/\n', 'eslint.config.js': ESLINT_CONFIG, 'package.json': JSON.stringify(manifest) });
  cpSync(join(ROOT, 'fixtures/installs/typescript-7/.oxlintrc.json'), project.at('.oxlintrc.json'));
  linkPackages(project.root, builtPackage, PACKAGES);
  commitAll(project.root);
  git(project.root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  cpSync(join(ROOT, 'fixtures/installs/typescript-sources'), project.root, { recursive: true });
  if (state === 'mended') await run(project.root, ['--allow-dirty', 'src'], defaultEngine);
  commitAll(project.root);
  return project;
}

function shell(project: Project, command: string): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: project.root, encoding: 'utf8', env });
  return { status, output: stdout + stderr };
}

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string; readonly with?: { readonly sarif_file?: string } }[] }>>;
}

interface GitlabJob {
  readonly script?: readonly string[];
  readonly artifacts?: { readonly paths?: readonly string[]; readonly reports?: { readonly codequality?: string } };
}

const documents = codesIn('yaml').map((code) => parse(code) as unknown);
const workflows = documents.filter((document): document is Workflow => Object.hasOwn(document as object, 'jobs'));
const gitlabJobs = documents.filter((document) => Object.hasOwn(document as object, 'default')).flatMap((document) => Object.values(document as Record<string, GitlabJob>));
const steps = workflows.flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps));
/** What the jobs run once everything is installed. */
const commands = [...steps.map((step) => step.run), ...gitlabJobs.flatMap(({ script = [] }) => script)].filter((command) => command?.startsWith('npx ') === true);
/** The files that jobs hand on. */
const handedOn = [
  ...steps.flatMap((step) => step.with?.sarif_file ?? []),
  ...gitlabJobs.flatMap(({ artifacts }) => [...(artifacts?.paths ?? []), ...(artifacts?.reports?.codequality === undefined ? [] : [artifacts.reports.codequality])]),
];

describe('the jobs of docs/ci.md', () => {
  test('are there', () => {
    expect(commands).toHaveLength(7);
    expect([...new Set(handedOn)].sort()).toEqual(['gl-code-quality.json', 'lifecycle.md', 'lifecycle.sarif', 'oxlint.sarif']);
  });

  test('fail where there is a fault, annotate its line, and leave the files that they hand on', { timeout: 300_000 }, async () => {
    const project = await makeBranch('faulty');
    let printed = '';
    for (const command of commands) {
      const { status, output } = shell(project, command ?? '');
      expect({ command, output, status }).toMatchObject({ status: command?.includes('--dry-run') === true ? 0 : 1 });
      printed += output;
    }
    expect(printed).toMatch(/^::warning .*file=src\/poller\.ts,line=8,/m);
    expect(handedOn.filter((file) => !existsSync(project.at(file)))).toEqual([]);
    for (const file of ['lifecycle.sarif', 'oxlint.sarif']) {
      const log = JSON.parse(project.read(file)) as { readonly runs: readonly { readonly results: readonly unknown[] }[] };
      expect(isSarif(log), `${file}: ${ajv.errorsText(isSarif.errors)}`).toBe(true);
      expect(log.runs[0]?.results).not.toEqual([]);
    }
    expect(JSON.parse(project.read('gl-code-quality.json'))).toContainEqual({
      type: 'issue',
      categories: expect.anything() as unknown,
      check_name: 'lifecycle/require-lifecycle-lock',
      content: expect.anything() as unknown,
      description: expect.stringContaining('Hold one lifecycle lock') as string,
      fingerprint: expect.stringMatching(/^\w+$/) as string,
      severity: 'major',
      location: { path: 'src/poller.ts', positions: expect.objectContaining({ begin: { line: 8, column: 9 } }) as object },
    });
    expect(project.read('lifecycle.md')).toContain('```diff');
  });

  test('pass where there is none, and leave the same files', { timeout: 300_000 }, async () => {
    const project = await makeBranch('mended');
    for (const command of commands) expect({ command, ...shell(project, command ?? '') }).toMatchObject({ status: 0 });
    expect(handedOn.filter((file) => !existsSync(project.at(file)))).toEqual([]);
    expect(JSON.parse(project.read('gl-code-quality.json'))).toEqual([]);
  });
});

describe('before a commit', () => {
  const hookOf = (command: string): string => `#!/bin/sh\n${command}\n`;
  const lintStaged = JSON.parse(codesIn('json')[0] ?? '{}') as object;
  const preCommit = documents.flatMap((document) => (document as { repos?: readonly { hooks: readonly { entry: string }[] }[] }).repos ?? []);

  test.each([
    ['with lint-staged', 'npx lint-staged', 'lifecycle/require-lifecycle-lock'],
    ['with a hook', codesIn('sh')[0]?.trim() ?? '', 'src/poller.ts'],
    ['with pre-commit, which adds the staged files', `${preCommit[0]?.hooks[0]?.entry ?? ''} src/poller.ts`, 'src/poller.ts'],
  ])('%s, a fault is held back', async (_, command, says) => {
    const project = await makeBranch('mended', { ...MANIFEST, ...lintStaged });
    project.write({ 'hooks/pre-commit': hookOf(command) });
    execFileSync('chmod', ['+x', project.at('hooks/pre-commit')]);
    git(project.root, 'config', 'core.hooksPath', 'hooks');
    const commit = (): { readonly status: number | null; readonly output: string } => shell(project, 'git add src && git -c user.name=test -c user.email=test@localhost commit -m more');

    project.write({ 'src/poller.ts': `// Mended.\n${project.read('src/poller.ts')}` });
    expect(commit()).toMatchObject({ status: 0 });
    cpSync(join(ROOT, 'fixtures/installs/typescript-sources/src'), project.at('src'), { recursive: true });
    expect(commit()).toMatchObject({ status: 1, output: expect.stringContaining(says) as string });
    expect(git(project.root, 'log', '--format=%s').trim().split('\n')).toHaveLength(3);
  });
});
