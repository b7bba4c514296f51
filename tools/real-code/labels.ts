import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import * as typescriptParser from '@typescript-eslint/parser';
import eslint from 'eslint';
import { rules } from '../../rules/index.ts';
import plugin from '../../rules/plugin.ts';
import type { Options } from './options.ts';
import { CACHE } from './packages.ts';
import repos from './repos.json' with { type: 'json' };

const HERE = import.meta.dirname;
const ROOT = join(HERE, '../..');
const SOURCES = join(CACHE, 'labels');
const LABELS = ['--labels', join(HERE, 'labels.json'), '--callsites', join(HERE, 'callsites.json')];

/** Lints the labelled files with a preset and prints how its reports compare with the labels. `json` names a file for every verdict. */
export async function scoreLabels({ mirror, preset, verbose }: Pick<Options, 'mirror' | 'preset' | 'verbose'>, json?: string): Promise<void> {
  if (mirror === undefined) throw new Error(howToMirror());
  mkdirSync(CACHE, { recursive: true });
  run('checkout.mjs', [...LABELS, '--mirror', mirror, '--into', SOURCES]);
  const results = join(CACHE, `labels-${preset}.json`);
  writeFileSync(results, JSON.stringify(await lintLabelled(preset)));
  const names = rules.map(({ name }) => name).join(',');
  const more = [...(verbose ? ['--verbose'] : []), ...(json === undefined ? [] : ['--json', json])];
  run('score.mjs', [...LABELS, '--results', results, '--sources', SOURCES, '--preset', preset, '--rules', names, ...more]);
}

async function lintLabelled(preset: Options['preset']): Promise<eslint.ESLint.LintResult[]> {
  const linter = new eslint.ESLint({
    cwd: SOURCES,
    allowInlineConfig: false,
    overrideConfigFile: true,
    overrideConfig: [
      { files: ['**/*.{ts,tsx,mts,cts,js,mjs,cjs}'] },
      { files: ['**/*.{ts,tsx,mts,cts}'], languageOptions: { parser: typescriptParser } },
      ...plugin.configs[preset],
    ],
  });
  return linter.lintFiles(['.']);
}

/** Runs a script of this folder. What it could not do it has said itself. */
function run(script: string, args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [join(HERE, script), ...args], { stdio: 'inherit', cwd: ROOT });
  if (status !== 0) process.exitCode = 1;
}

function howToMirror(): string {
  const clones = repos.map(({ repo }) => `  git clone --mirror https://github.com/${repo} .real-code/mirrors/${repo.replace('/', '+')}`);
  return ['The labelled files are in git repositories. Mirror them, then pass --mirror .real-code/mirrors:', ...clones].join('\n');
}
