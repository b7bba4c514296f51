import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Install, Step } from './installs.ts';
import { run } from './run.ts';

/** Installs the tarball into a copy of the project, and takes the project's steps there. Throws at the first that fails. */
export function checkInstall(install: Install, fixtures: string, scratch: string, tarball: string): void {
  const project = join(scratch, install.name);
  if (install.sources !== undefined) cpSync(join(fixtures, install.sources), project, { recursive: true });
  cpSync(join(fixtures, install.name), project, { recursive: true });

  const { status, output } = run(project, 'npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '--save-dev', tarball);
  if (status !== 0) throw new Error(`${install.name}: npm install failed\n${output}`);
  if (install.without !== undefined && existsSync(join(project, 'node_modules', install.without))) {
    throw new Error(`${install.name}: ${install.without} has come along`);
  }
  for (const step of install.steps) checkStep(install.name, project, step);
  console.log(`✓ installed beside ${install.name}: ${String(install.steps.length)} steps`);
}

function checkStep(name: string, project: string, { command, status, says, writes }: Step): void {
  const result = run(project, 'npx', '--no-install', ...command);
  const fail = (what: string): never => {
    throw new Error(`${name}: ${command.join(' ')} ${what}\n${result.output}`);
  };
  if (result.status !== status) fail(`exits with ${String(result.status)}, not ${String(status)}`);
  if (says !== undefined && !says.test(result.output)) fail(`does not say ${String(says)}`);
  if (writes !== undefined && !writes.text.test(readFileSync(join(project, writes.file), 'utf8'))) {
    fail(`leaves ${writes.file} without ${String(writes.text)}`);
  }
}
