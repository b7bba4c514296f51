/**
 * Usage: npm run nodes [-- 22 26]. Runs the fixtures that are a main(), and what use-await-using makes of them, in each version of Node,
 * which comes from npm (60 to 100 MB each): as TypeScript lowers `await using`, and as it is. Prints Markdown; fails if a trial does.
 */
import { spawnSync } from 'node:child_process';
import { ScriptTarget } from 'typescript';
import { compileModules } from '../test/explorer/compile-modules.ts';
import { mendWorkers } from '../test/services/mend-worker.ts';
import { markdownTable } from './markdown-table.ts';

const ENTRY = 'tools/nodes/try-workers.ts';
const NODES = ['20', '22', '24', '26'];
/** The first that parses `await using`. */
const NATIVE_FROM = 24;

const WORKERS = ['console-worker', 'events-worker'];
const SERVICES = ['dlq-manager', 'event-store-consumer', 'kafka-producer', 'pod-monitor', 'sse-bridge'];

const mended = (nodeMajor: number, isLowered = false): ReadonlyMap<string, string> => mendWorkers(WORKERS, SERVICES, { nodeMajor, hasDispose: false, isLowered });
/** What is run, and with which arguments. */
const FORMS: readonly (readonly [title: string, ...command: string[]])[] = [
  ['`await using`, lowered', compileModules(ENTRY, 'lowered', ScriptTarget.ES2022), 'after', 'every'],
  ['`await using`, native', compileModules(ENTRY, 'native', ScriptTarget.ESNext), 'after', 'every'],
  ['codemod: `try`', compileModules(ENTRY, 'nodes-try', ScriptTarget.ES2022, mended(20)), 'before', 'last', ...WORKERS],
  ['codemod: stack of our own, lowered', compileModules(ENTRY, 'nodes-own-stack', ScriptTarget.ES2022, mended(20, true)), 'before', 'every', ...WORKERS],
  ['codemod: stack', compileModules(ENTRY, 'nodes-stack', ScriptTarget.ESNext, mended(24)), 'before', 'every', ...WORKERS],
];
const asked = process.argv.slice(2);
const rows: string[][] = [];

for (const major of asked.length === 0 ? NODES : asked) {
  const version = inNode(major, '--version');
  const isThere = version.status === 0;
  rows.push(isThere ? [version.output, ...FORMS.map(([, ...command]) => cellOf(major, inNode(major, ...command)))] : [major, ...FORMS.map(() => 'not run')]);
  if (isThere) continue;
  process.exitCode = 1;
  console.error(`npm has no Node ${major}, or is out of reach: ${version.errors}`);
}

console.log(markdownTable([['Node', ...FORMS.map(([title]) => title)], ...rows]));

interface Outcome {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

function cellOf(major: string, { status, output, errors }: Outcome): string {
  if (status === 0) return output;
  if (Number(major) < NATIVE_FROM && errors.includes('SyntaxError')) return 'cannot parse it';
  process.exitCode = 1;
  console.error(`Node ${major}:\n${errors}`);
  return 'failed';
}

function inNode(major: string, ...args: readonly string[]): Outcome {
  const isThis = process.versions.node.startsWith(`${major}.`);
  const [command, before] = isThis ? [process.execPath, []] : ['npx', ['--yes', '--package', `node@${major}`, 'node']];
  const { status, stdout, stderr, error } = spawnSync(command, [...before, ...args], { encoding: 'utf8', shell: process.platform === 'win32' });
  return { status, output: stdout.trim(), errors: error?.message ?? stderr };
}
