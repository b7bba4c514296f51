import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import lifecycle from '../../rules/plugin.ts';
import type { Preset, Report } from './report.ts';

const COMMAND = resolve(import.meta.dirname, '../../node_modules/oxlint/bin/oxlint');
const CODE = /^lifecycle\((.+)\)$/;

interface Diagnostic {
  readonly message: string;
  readonly code?: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number; readonly column: number } }[];
}

/** What oxlint says of the files below `folder`, with the plugin of that file and no other rule. */
export function runOxlint(folder: string, plugin: string, preset: Preset): Report[] {
  const config = join(dirname(plugin), `${preset}.oxlintrc.json`);
  const rules = Object.assign({}, ...lifecycle.configs[preset].map((entry) => entry.rules)) as object;
  writeFileSync(config, JSON.stringify({ categories: { correctness: 'off' }, plugins: [], jsPlugins: [plugin], rules }));
  const args = [COMMAND, '--config', config, '--disable-nested-config', '--no-ignore', '--format', 'json', '.'];
  const { stdout, stderr, error } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (error !== undefined) throw error;
  if (!stdout.startsWith('{')) throw new Error(`oxlint gives no JSON: ${stdout}${stderr}`);
  const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly Diagnostic[] };
  return diagnostics.map(toReport);
}

function toReport({ message, code, filename, labels: [label] }: Diagnostic): Report {
  const { line, column } = label?.span ?? { line: 0, column: 0 };
  return { file: filename.replaceAll('\\', '/'), rule: CODE.exec(code ?? '')?.[1], line, column, message };
}
