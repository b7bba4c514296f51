import childProcess, { type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import type { Call, World } from './world.ts';

/** The command whose processes are fakes. Of any other, `spawn` is the real one. */
export const FAKE_COMMAND = 'fake-agent';

/** Above what an operating system gives, so that a signal which is sent to one by mistake goes nowhere. */
const FIRST_FAKE_PID = 1 << 24;

const { spawn } = childProcess;
const kill = process.kill.bind(process);
const installed: { fakes?: FakeProcesses } = {};

function installedFakes(): FakeProcesses {
  if (installed.fakes === undefined) throw new Error('no fake processes were installed');
  return installed.fakes;
}

/**
 * The processes of one world. A child is spawned when the call `spawn` is answered, and ends when `close agent` is: SIGTERM makes that
 * call, SIGKILL also answers it. What the global functions do is told by the fakes that were installed last.
 */
export class FakeProcesses {
  /** Signals that were sent by pid, as `SIGKILL 16777216`. */
  readonly signalled: string[] = [];
  /** As in an uninterruptible wait: not even SIGKILL ends a child. */
  unkillable = false;
  readonly #world: World;
  #lastPid = FIRST_FAKE_PID;

  constructor(world: World) {
    this.#world = world;
  }

  /** Takes the place of `spawn` for the fake command, and of `process.kill` for fake pids. */
  install(): void {
    installed.fakes = this;
    if (childProcess.spawn !== spawn) return;
    const real = (file: string, ...rest: unknown[]): unknown => Reflect.apply(spawn, childProcess, [file, ...rest]) as unknown;
    Reflect.set(childProcess, 'spawn', (file: string, ...rest: unknown[]) => (file === FAKE_COMMAND ? installedFakes().#spawn() : real(file, ...rest)));
    process.kill = (pid, signal) => (pid >= FIRST_FAKE_PID ? installedFakes().#signal(pid, signal) : kill(pid, signal));
    syncBuiltinESMExports();
  }

  nextPid(): number {
    return this.#lastPid++;
  }

  #spawn(): ChildProcess {
    return new FakeChild(this.#world, this.nextPid(), () => this.unkillable) as EventEmitter as ChildProcess;
  }

  #signal(pid: number, signal: number | string = 'SIGTERM'): true {
    this.signalled.push(`${signal} ${pid}`);
    return true;
  }
}

class FakeChild extends EventEmitter {
  exitCode: number | null = null;
  signalCode: NodeJS.Signals | null = null;
  killed = false;
  readonly stdout = new EventEmitter();
  readonly stdin = Object.assign(new EventEmitter(), { write: (text: string) => this.stdout.emit('data', Buffer.from(`re: ${text}`)) });
  readonly pid: number;
  readonly #world: World;
  readonly #isUnkillable: () => boolean;
  #process: ReturnType<World['resource']> | undefined;
  /** That it is about to end: the call whose answer ends it. */
  #ending: Call | undefined;

  constructor(world: World, pid: number, isUnkillable: () => boolean) {
    super();
    this.#world = world;
    this.pid = pid;
    this.#isUnkillable = isUnkillable;
    world
      .call('spawn', () => world.resource('agent'))
      .then(
        (process) => {
          this.#process = process;
          this.emit('spawn');
        },
        (error: unknown) => {
          this.exitCode = -2;
          this.emit('error', error);
        },
      );
  }

  kill(signal: NodeJS.Signals = 'SIGTERM'): boolean {
    if (this.#process === undefined || this.exitCode !== null || this.signalCode !== null) return false;
    this.killed = true;
    this.#ending ??= this.#end(this.#process, signal);
    if (signal === 'SIGKILL' && !this.#isUnkillable()) this.#ending?.answer();
    return true;
  }

  #end(process: ReturnType<World['resource']>, signal: NodeJS.Signals): Call | undefined {
    const exit = (): void => {
      this.signalCode = signal;
      this.emit('exit', null, signal);
    };
    process.close().then(exit, exit);
    return this.#world.calls.at(-1);
  }
}
