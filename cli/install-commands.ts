import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { MissingPackages } from './plan.ts';

export interface InstallCommand {
  readonly packages: readonly string[];
  /** The folder of the package.json to run it in. */
  readonly root: string;
  /** `pnpm add async-mutex` */
  readonly command: string;
}

/** How to install what is missing, with the package manager that each project uses. */
export async function installCommands(missing: readonly MissingPackages[]): Promise<readonly InstallCommand[]> {
  if (missing.length === 0) return [];
  const { detect, resolveCommand } = await import('package-manager-detector');
  return await Promise.all(
    missing.map(async ({ root, names }) => {
      const agent = (await detect({ cwd: root }))?.agent ?? 'npm';
      const flags = agent.startsWith('pnpm') && existsSync(join(root, 'pnpm-workspace.yaml')) ? ['-w'] : [];
      const { command, args } = resolveCommand(agent, 'add', [...flags, ...names]) ?? { command: 'npm', args: ['install', ...names] };
      return { packages: names, root, command: `${command} ${args.join(' ')}`.replace(/^npm i /, 'npm install ') };
    }),
  );
}
