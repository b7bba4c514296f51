import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Agent } from 'package-manager-detector';
import type { MissingPackages } from '../planning/plan.ts';
import { readJsonObject } from '../settings/read-project.ts';

export interface InstallCommand {
  readonly packages: readonly string[];
  /** The folder of the package.json to run it in. */
  readonly root: string;
  /** `pnpm add async-mutex` */
  readonly command: string;
  /** Whether the run installed them itself. */
  readonly isInstalled: boolean;
}

/** pnpm and the first yarn add nothing to the root of a workspace unless they are told that it is meant. */
function rootFlags(agent: Agent, root: string): readonly string[] {
  if (agent.startsWith('pnpm')) return existsSync(join(root, 'pnpm-workspace.yaml')) ? ['-w'] : [];
  const manifest = join(root, 'package.json');
  return agent === 'yarn' && existsSync(manifest) && readJsonObject(manifest)['workspaces'] !== undefined ? ['-W'] : [];
}

/** How to install what is missing, with the package manager that each project uses. */
export async function installCommands(missing: readonly MissingPackages[]): Promise<readonly InstallCommand[]> {
  if (missing.length === 0) return [];
  const { detect, resolveCommand } = await import('package-manager-detector');
  return await Promise.all(
    missing.map(async ({ root, names }) => {
      const agent = (await detect({ cwd: root }))?.agent ?? 'npm';
      const { command, args } = resolveCommand(agent, 'add', [...rootFlags(agent, root), ...names]) ?? { command: 'npm', args: ['install', ...names] };
      return { packages: names, root, command: `${command} ${args.join(' ')}`.replace(/^npm i /, 'npm install '), isInstalled: false };
    }),
  );
}
