import { join } from 'node:path';
import { nameOf } from '../files/discover-files.ts';
import type { InstallCommand } from './install-commands.ts';
import { colorsFor, type Io } from '../io.ts';
import type { Problem } from '../problem.ts';
import { runTool } from './run-tool.ts';

export interface Installed {
  readonly install: readonly InstallCommand[];
  readonly problems: readonly Problem[];
}

/** Runs the commands one after the other: package managers lock what they share. Each is shown before it runs, on stderr with all that it prints. */
export async function installPackages(commands: readonly InstallCommand[], io: Io): Promise<Installed> {
  const install: InstallCommand[] = [];
  const problems: Problem[] = [];
  const { bold } = colorsFor(io.stderr, io.env);
  for (const one of commands) {
    io.stderr.write(`${bold(`$ ${one.root === io.cwd ? '' : `cd ${nameOf(one.root, io.cwd)} && `}${one.command}`)}\n`);
    const [command = '', ...args] = one.command.split(' '); // no name of a package has a space
    const run = await runTool(command, args, one.root, io.stderr);
    install.push({ ...one, isInstalled: run.isDone });
    if (!run.isDone) {
      const file = nameOf(join(one.root, 'package.json'), io.cwd);
      problems.push({ file, message: `${one.packages.join(', ')} not installed (${run.why}); the files that import it are written: run \`${one.command}\` yourself` });
    }
  }
  return { install, problems };
}
