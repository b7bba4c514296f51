/**
 * Usage: npm run versions [-- 22 26]. Packs the package, installs it beside the oldest and the newest ESLint that it supports, and has each version of
 * Node (from npm, 60 to 100 MB each) lint a project and run the command in it. Prints a table in Markdown; exits with 1 where one differs.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { run, type Run } from './check-package/run.ts';
import { markdownTable } from './markdown-table.ts';

const NODES = ['20', '22', '24', '26'];
const ESLINTS = ['9.24.0', '10'];
const BESIDE = ['typescript@6.0.3', 'typescript-eslint@8.72.0', 'async-mutex@0.5.0'];

interface Step {
  readonly title: string;
  /** The exit code. */
  readonly status: number;
  /** A script in `node_modules`, and its arguments. */
  readonly command: readonly [string, ...string[]];
}

const CLI = 'eslint-plugin-lifecycle/dist/cli/main.js';
const STEPS: readonly Step[] = [
  { title: 'eslint .', status: 1, command: ['eslint/bin/eslint.js', '.', '--format', 'json'] },
  { title: 'lifecycle-codemod --check', status: 1, command: [CLI, '--check', 'src'] },
  { title: 'lifecycle-codemod --dry-run', status: 0, command: [CLI, '--dry-run', 'src'] },
];
/** Of a message of ESLint. */
const KEPT = ['ruleId', 'line', 'column', 'message', 'suggestions'];
const CONFIG = `import lifecycle from 'eslint-plugin-lifecycle';
import tseslint from 'typescript-eslint';

export default [{ files: ['src/**/*.ts'], languageOptions: { parser: tseslint.parser } }, ...lifecycle.configs.strict];
`;

const ROOT = resolve(import.meta.dirname, '..');
const asked = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'lifecycle-versions-'));

try {
  const projects = makeProjects();
  /** What the first Node and the first ESLint give, which all the others have to give as well. */
  const expected = new Map<string, string>();
  const rows = (asked.length === 0 ? NODES : asked).flatMap((major) =>
    projects.map(({ eslint, project }) => {
      const version = runNode(major, project, '--version').output.trim().split('\n').at(-1) ?? '';
      return [version, eslint, ...STEPS.map((step) => cellOf(step, `Node ${major}, ESLint ${eslint}`, runStep(major, project, step), expected))];
    }),
  );
  console.log(markdownTable([['Node', 'ESLint', ...STEPS.map(({ title }) => `\`${title}\``)], ...rows]));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function makeProjects(): readonly { readonly eslint: string; readonly project: string }[] {
  const packed = must(run(ROOT, 'npm', 'pack', '--silent', '--ignore-scripts', '--pack-destination', folder));
  const tarball = join(folder, packed.output.trim().split('\n').at(-1) ?? '');
  return ESLINTS.map((range) => {
    const project = join(folder, `eslint-${range}`);
    cpSync(join(ROOT, 'fixtures/installs/typescript-sources'), project, { recursive: true });
    writeFileSync(join(project, 'package.json'), '{ "name": "versions", "private": true, "type": "module" }\n');
    writeFileSync(join(project, 'eslint.config.js'), CONFIG);
    must(run(project, 'npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '--save-dev', `eslint@${range}`, ...BESIDE, tarball));
    const { output } = must(run(project, process.execPath, '--print', "require('eslint/package.json').version"));
    return { eslint: output.trim(), project };
  });
}

function runStep(major: string, project: string, { command: [script, ...args] }: Step): Run {
  const result = runNode(major, project, join(project, 'node_modules', script), ...args);
  return { status: result.status, output: withoutWhatMayDiffer(result.output, project) };
}

function runNode(major: string, project: string, ...args: readonly string[]): Run {
  return run(project, 'npx', '--yes', '--loglevel', 'silent', '--package', `node@${major}`, 'node', ...args);
}

/** Paths, times, and what the versions of ESLint call differently. */
function withoutWhatMayDiffer(output: string, project: string): string {
  const [start, end] = [output.indexOf('[{'), output.lastIndexOf('}]')];
  if (start === -1) return output.replaceAll(project, '').replaceAll(/\b\d+(?:\.\d+)? m?s\b/g, '');
  const results = JSON.parse(output.slice(start, end + 2)) as readonly { readonly filePath: string; readonly messages: readonly Record<string, unknown>[] }[];
  const lines = results.flatMap(({ filePath, messages }) => messages.map((message) => JSON.stringify([filePath.replace(project, ''), ...KEPT.map((key) => message[key])])));
  return lines.join('\n');
}

function cellOf({ title, status: right }: Step, where: string, { status, output }: Run, expected: Map<string, string>): string {
  const text = `exit ${status}\n${output}`;
  const first = expected.get(title) ?? text;
  expected.set(title, first);
  if (first === text && status === right) return `${output.trim().split('\n').length} lines, exit ${status}`;
  process.exitCode = 1;
  console.error(`${where}: ${title} gives\n${text}\nand not\n${first}`);
  return 'differs';
}

function must(result: Run): Run {
  if (result.status !== 0) throw new Error(result.output);
  return result;
}
