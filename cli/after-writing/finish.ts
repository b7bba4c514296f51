import type { Arguments } from '../arguments/arguments.ts';
import { formatFiles } from './format-files.ts';
import { type InstallCommand, installCommands } from './install-commands.ts';
import { installPackages } from './install-packages.ts';
import type { Io } from '../io.ts';
import type { Plan } from '../planning/plan.ts';
import type { Problem } from '../problem.ts';
import type { Written } from '../writing/write-plan.ts';

export interface Finished {
  readonly install: readonly InstallCommand[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
}

/** What comes after the writing: the project's own formatter and package manager, where they are asked for. */
export async function finish(written: Written | undefined, { missing }: Plan, { formatter, install }: Pick<Arguments, 'formatter' | 'install'>, io: Io): Promise<Finished> {
  const paths = [...(written?.paths ?? [])];
  const warnings = await formatFiles(paths, formatter, io);
  const commands = await installCommands(missing);
  const installed = install && paths.length > 0 ? await installPackages(commands, io) : { install: commands, problems: [] };
  return { ...installed, warnings };
}
