import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CodemodOptions } from '../../codemods/codemod.ts';
import escalateKill from '../../codemods/escalate-kill.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { compileService } from '../explorer/compile-service.ts';
import type { Lifecycle } from '../services/driver.ts';
import { watch } from '../services/watch.ts';
import { isAlive, Processes } from './processes.ts';

type HostClass = new (file: string, args: readonly string[], hear: (text: string) => void) => Lifecycle;

/** A host of one process. How it ends that is put in. */
function sourceOf(stop: string): string {
  return `
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export class Host {
  private child: ChildProcess | undefined;

  constructor(private readonly file: string, private readonly args: readonly string[], private readonly hear: (text: string) => void) {}

  async start(): Promise<void> {
    await Promise.resolve();
    const child = spawn(this.file, this.args, { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdout.on('data', (chunk: Buffer) => this.hear(chunk.toString()));
    child.on('error', () => undefined);
    this.child = child;
  }

  async stop(): Promise<void> {
    const child = this.child;
    if (!child) return;
    ${stop}
  }
}
`;
}

interface Shape {
  readonly stop: string;
  /** Whether stop returns although the process does not. */
  readonly returns: boolean;
  /** Whether a time is written in it after which the process gets SIGKILL, or ought to. */
  readonly isTimed: boolean;
}

const SHAPES: Readonly<Record<string, Shape>> = {
  'nobody waits': { stop: 'child.kill();\n    this.child = undefined;', returns: true, isTimed: false },
  'it waits for ever': { stop: "child.kill('SIGTERM');\n    await once(child, 'exit');", returns: false, isTimed: false },
  'it listens too late': { stop: "child.kill('SIGTERM');\n    await Promise.resolve();\n    await once(child, 'exit');", returns: false, isTimed: false },
  'its timer never kills': { stop: "child.kill();\n    setTimeout(() => {\n      if (!child.killed) child.kill('SIGKILL');\n    }, 20);", returns: true, isTimed: true },
  'it gives up': {
    stop: "const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));\n    child.kill();\n    await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 20))]);",
    returns: true,
    isTimed: true,
  },
};

let processes: Processes;

beforeEach(() => {
  processes = new Processes();
});

afterEach(() => processes.end());

describe.skipIf(process.platform === 'win32').each(Object.entries(SHAPES))('where %s', (_name, { stop, returns, isTimed }) => {
  async function mended(options: CodemodOptions): Promise<HostClass> {
    const { text, services } = runCodemods([escalateKill], { fileName: 'host.ts', text: sourceOf(stop) }, options);
    expect(services.flatMap(({ left }) => left)).toEqual([]);
    return (await compileService(text, 'Host')) as HostClass;
  }

  async function started(Class: HostClass, script: readonly string[]): Promise<{ readonly host: Lifecycle; readonly pid: number }> {
    const host = new Class(process.execPath, script, processes.hear);
    await host.start();
    return { host, pid: await processes.pidAfter('ready') };
  }

  test('a process that ignores SIGTERM lives on', async () => {
    const { host, pid } = await started((await compileService(sourceOf(stop), 'Host')) as HostClass, processes.script('ignores-sigterm'));
    const stopping = watch(host.stop());
    // Set after the timer of stop, and for longer: it fires later, however slow the machine is.
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(await processes.answer(pid)).toBe(true);
    expect(stopping.state).toBe(returns ? 'resolved' : 'pending');
  });

  test('a process that ignores SIGTERM has ended after the mended stop', async () => {
    const { host, pid } = await started(await mended({ drainTimeout: 100 }), processes.script('ignores-sigterm'));
    await host.stop();
    expect(isAlive(pid)).toBe(false);
  });

  test.skipIf(isTimed)('a process that exits between the signals is let finish', async () => {
    const file = join(processes.folder, 'work');
    const { host, pid } = await started(await mended({ drainTimeout: 60_000 }), processes.script('saves-and-exits', file));
    await host.stop();
    expect([isAlive(pid), existsSync(file)]).toEqual([false, true]);
  });

  test('a process that leaves its pipe to another has ended after the mended stop', async () => {
    const { host, pid } = await started(await mended({ drainTimeout: 60_000 }), processes.script('leaves-a-grandchild'));
    const holder = await processes.pidAfter('held');
    await host.stop();
    expect([isAlive(pid), isAlive(holder)]).toEqual([false, true]);
  });

  test('a process that has exited by itself is not waited for', async () => {
    const { host, pid } = await started(await mended({ drainTimeout: 60_000 }), processes.script('ignores-sigterm'));
    process.kill(pid, 'SIGKILL');
    while (isAlive(pid)) await new Promise(setImmediate);
    await expect(host.stop()).resolves.toBeUndefined();
  });

  test('a process that never ran is not waited for', async () => {
    const Mended = await mended({ drainTimeout: 60_000 });
    const host = new Mended(join(processes.folder, 'no-such-file'), [], processes.hear);
    await host.start();
    // Until Node has said that it never ran, `kill` goes to pid 0: to the whole process group, and so to whoever runs the tests.
    await new Promise(setImmediate);
    await expect(host.stop()).resolves.toBeUndefined();
  });
});
