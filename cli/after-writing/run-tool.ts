import { describeError } from '../problem.ts';
import type { Output } from '../io.ts';

/** How a tool of the user's project ended: `why` is one line, where it failed. */
export type ToolRun = { readonly isDone: true } | { readonly isDone: false; readonly why: string };

/** Runs a tool in a folder; what it prints goes to `output` as it comes. */
export async function runTool(command: string, args: readonly string[], cwd: string, output: Output): Promise<ToolRun> {
  const { x } = await import('tinyexec');
  let last = '';
  try {
    const tool = x(command, args, { nodePath: false, nodeOptions: { cwd, stdio: ['ignore', 'pipe', 'pipe'] } });
    for await (const line of tool) {
      output.write(`${line}\n`);
      if (line.trim() !== '') last = line.trim();
    }
    const { exitCode } = await tool;
    if (exitCode === 0) return { isDone: true };
    return { isDone: false, why: `${exitCode === undefined ? 'it was ended by a signal' : `it exited with ${exitCode}`}${last === '' ? '' : `: ${last}`}` };
  } catch (error) {
    const isThere = !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
    return { isDone: false, why: isThere ? describeError(error) : `there is no ${command}` };
  }
}
