import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import escalateKill from '../../codemods/escalate-kill.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { SubprocessSession as After, type SessionRecord } from '../../fixtures/services/subprocess-session/after.ts';
import { SubprocessSession as Before } from '../../fixtures/services/subprocess-session/before.ts';
import { compileService } from '../explorer/compile-service.ts';
import type { Lifecycle } from '../services/driver.ts';
import { isAlive, Processes, startOf } from './processes.ts';

type SessionClass = new (...args: ConstructorParameters<typeof Before>) => Lifecycle;

/** How long the agents are left to end by themselves. */
const GRACE_MS = 120;

const LOGGER = { info: () => undefined, error: () => undefined };

const before = readFileSync(new URL('../../fixtures/services/subprocess-session/before.ts', import.meta.url), 'utf8');
const mended = runCodemods([escalateKill], { fileName: 'before.ts', text: before }).text;

const MENDED: readonly (readonly [string, SessionClass])[] = [
  ['after.ts', After],
  ['what escalate-kill makes of before.ts', (await compileService(mended, 'SubprocessSession')) as SessionClass],
];

let processes: Processes;
let record: SessionRecord | undefined;

beforeEach(() => {
  processes = new Processes();
  record = undefined;
});

afterEach(() => processes.end());

function sessionOf(Class: SessionClass, args: readonly string[], graceMs = GRACE_MS): Lifecycle {
  const records = {
    load: async () => record,
    save: async (next: SessionRecord | undefined) => {
      record = next;
    },
  };
  const table = { startedAt: async (pid: number) => startOf(pid) };
  return new Class({ file: process.execPath, args }, records, table, processes.hear, LOGGER, graceMs);
}

describe.skipIf(process.platform === 'win32')('an agent that ignores SIGTERM', () => {
  async function stopped(Class: SessionClass): Promise<number> {
    const session = sessionOf(Class, processes.script('ignores-sigterm'));
    await session.start();
    const pid = await processes.pidAfter('ready');
    await session.stop();
    return pid;
  }

  test('runs on after before.ts has stopped it, and its escalation has had its turn', async () => {
    const pid = await stopped(Before);
    await sleep(2 * GRACE_MS); // set later, and for longer: timers fire in that order however slow the machine is
    expect(await processes.answer(pid)).toBe(true);
  });

  test.each(MENDED)('has ended when %s has stopped it', async (_name, Class) => {
    expect(isAlive(await stopped(Class))).toBe(false);
    expect(record).toBeUndefined();
  });
});

describe.skipIf(process.platform === 'win32')('an agent that saves its work on SIGTERM, and exits between the two signals', () => {
  async function stopped(Class: SessionClass): Promise<{ readonly isAlive: boolean; readonly hasSaved: boolean }> {
    const file = join(processes.folder, 'work');
    const session = sessionOf(Class, processes.script('saves-and-exits', file), 60_000);
    await session.start();
    const pid = await processes.pidAfter('ready');
    await session.stop();
    return { isAlive: isAlive(pid), hasSaved: existsSync(file) && readFileSync(file, 'utf8') === 'saved' };
  }

  test('is still at it when before.ts says that it has stopped', async () => {
    expect(await stopped(Before)).toEqual({ isAlive: true, hasSaved: false });
  });

  test.each(MENDED)('is let finish by %s', async (_name, Class) => {
    expect(await stopped(Class)).toEqual({ isAlive: false, hasSaved: true });
  });
});

describe.skipIf(process.platform === 'win32')('an agent that leaves a process behind which holds its stdout', () => {
  async function stopped(Class: SessionClass): Promise<{ readonly agent: boolean; readonly holder: boolean }> {
    const session = sessionOf(Class, processes.script('leaves-a-grandchild'), 60_000);
    await session.start();
    const [agent, holder] = [await processes.pidAfter('ready'), await processes.pidAfter('held')];
    await session.stop();
    return { agent: isAlive(agent), holder: isAlive(holder) };
  }

  test('is still ending when before.ts says that it has stopped', async () => {
    expect(await stopped(Before)).toEqual({ agent: true, holder: true });
  });

  test.each(MENDED)('has ended when %s has stopped it, whatever holds the pipe', async (_name, Class) => {
    expect(await stopped(Class)).toEqual({ agent: false, holder: true });
  });
});

describe.skipIf(process.platform === 'win32')('a record of an earlier host', () => {
  async function startBeside(Class: SessionClass, startedAt: (pid: number) => string | undefined): Promise<NodeJS.Signals | 'alive'> {
    const other = spawn(process.execPath, processes.script('ignores-sigterm'), { stdio: ['pipe', 'pipe', 'inherit'] });
    other.stdout.on('data', (chunk: Buffer) => processes.hear(chunk.toString()));
    const pid = await processes.pidAfter('ready');
    record = { pid, startedAt: startedAt(pid) };
    const session = sessionOf(Class, processes.script('ignores-sigterm'));
    const exited = once(other, 'exit') as Promise<[null, NodeJS.Signals]>;
    await session.start();
    await processes.pidAfter('ready');
    const [outcome] = await Promise.race([exited.then(([, signal]) => [signal] as const), processes.answer(pid).then(() => ['alive'] as const)]);
    await session.stop();
    return outcome;
  }

  test('whose pid another process has by now: before.ts kills that', async () => {
    expect(await startBeside(Before, () => 'Thu Jan  1 00:00:00 1970')).toBe('SIGKILL');
  });

  test('whose pid another process has by now: after.ts leaves that alone', async () => {
    expect(await startBeside(After, () => 'Thu Jan  1 00:00:00 1970')).toBe('alive');
  });

  test('whose agent still runs: after.ts ends it', async () => {
    expect(await startBeside(After, startOf)).toBe('SIGKILL');
  });
});
