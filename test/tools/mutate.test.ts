import dedent from 'dedent';
import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../codemods/apply-changes.ts';
import { dropTheDeadline, neverSetTheFlag, setTheFlagAlways } from '../../tools/mutate/drains.ts';
import type { Source } from '../../model/source.ts';
import { Judge, parseWhole } from '../../tools/mutate/judge.ts';
import { dropOneSide, dropTheAwait, dropTheLock } from '../../tools/mutate/locks.ts';
import { type Mutator, specimenOf } from '../../tools/mutate/mutation.ts';
import { mutators } from '../../tools/mutate/mutators.ts';
import { dropTheDispose, neverDispose, stopByFinalizer, stopByHand, stopOnlyWhenWell } from '../../tools/mutate/ownership.ts';
import { neverForgetThePid, neverVerifyThePid } from '../../tools/mutate/pids.ts';
import { askKilled, neverAwaitTheExit, neverKill } from '../../tools/mutate/processes.ts';
import { startInTheProvider } from '../../tools/mutate/providers.ts';
import { recallOf } from '../../tools/mutate/report.ts';
import { holdTheLoop, unboxTheEnd } from '../../tools/mutate/run-loops.ts';
import { makeTheLockAnew, makeTheLockGlobal, makeTheLockStatic } from '../../tools/mutate/shared-locks.ts';
import { dropTheLatch, neverSetTheLatch, setTheLatchLate } from '../../tools/mutate/signals.ts';
import { dropOneIsolation, dropTheRollback, forgetOneUndo, neverUnwind, silenceAStep } from '../../tools/mutate/teardown.ts';
import { forgetTheTask, neverClear, neverUnref, neverWaitForTheTask } from '../../tools/mutate/work.ts';

const POLLER = dedent`
  class Poller implements AsyncDisposable {
    #lock = new Mutex();
    #task;
    #unrestartable = false;
    async start() {
      return this.#lock.runExclusive(async () => {
        if (this.#unrestartable) throw new Error('timed out');
        this.#task = this.#poll();
      });
    }
    async stop() {
      return this.#lock.runExclusive(async () => {
        try {
          await pTimeout(this.#task, { milliseconds: 10 });
        } catch (error) {
          if (error instanceof TimeoutError) this.#unrestartable = true;
          throw error;
        }
      });
    }
    [Symbol.asyncDispose]() {
      return this.stop();
    }
    async #poll() {
      await tick();
    }
  }
`;

const FEED = dedent`
  class Feed {
    async start() {
      const undo = [];
      try {
        this.session = await connect();
        undo.push(() => this.session.close());
        this.timer = setInterval(beat, 10).unref();
        await this.session.ping();
      } catch (error) {
        for (const step of undo) await step();
        throw error;
      }
    }
    async stop() {
      clearInterval(this.timer);
      try {
        await this.session.close();
      } catch (error) {
        console.error(error);
      }
      await this.other.close();
    }
  }
`;

const LATCHED = dedent`
  async function close() {
    if (stopping) return;
    stopping = true;
    await pool.end();
  }
  process.on('SIGINT', close);
  process.on('SIGTERM', close);
`;

function sourceOf(text: string): Source {
  const source = parseWhole('sample.ts', text);
  if (source === undefined) throw new Error(`does not parse:\n${text}`);
  return source;
}

/** The lines that a mutator adds to a text, one list for each mutant; each mutant parses. */
function addedBy(mutate: Mutator, text: string): readonly (readonly string[])[] {
  const specimen = specimenOf(sourceOf(text));
  const lines = new Set(text.split('\n').map((line) => line.trim()));
  return mutate(specimen).map(({ changes }) => {
    const mutant = applyChanges(text, changes);
    expect(sourceOf(mutant).text).not.toBe(text);
    return mutant.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !lines.has(line));
  });
}

describe('mutators', () => {
  it.each<[string, Mutator, string, readonly (readonly string[])[]]>([
    ['take the lock off both sides', dropTheLock, POLLER, [['return (async () => {', '})();', 'return (async () => {', '})();']]],
    ['take it off one', dropOneSide, POLLER, [['return (async () => {', '})();'], ['return (async () => {', '})();']]],
    ['let nobody wait for it', dropTheAwait, POLLER, [['void this.#lock.runExclusive(async () => {'], ['void this.#lock.runExclusive(async () => {']]],
    ['take a deadline off', dropTheDeadline, POLLER, [['await this.#task;']]],
    ['never set the flag', neverSetTheFlag, POLLER, [['if (error instanceof TimeoutError) {}']]],
    ['set it on every error', setTheFlagAlways, POLLER, [['this.#unrestartable = true;']]],
    ['do not keep a task', forgetTheTask, POLLER, [['void this.#poll();']]],
    ['do not wait for a task', neverWaitForTheTask, POLLER, [[]]],
    ['empty the dispose, and take it out', dropTheDispose, POLLER, [['class Poller implements Object {'], ['[Symbol.asyncDispose]() { return Promise.resolve(); }']]],
    ['leave the stop to a finalizer', stopByFinalizer, POLLER, [['class Poller implements Object {', 'static readonly ended = new FinalizationRegistry<{ stop(): Promise<void> }>((held) => void held.stop());']]],
    ['let a step skip the next', dropOneIsolation, FEED, [[]]],
    ['swallow its failure', silenceAStep, FEED, [['} catch {}']]],
    ['take the rollback off with its list', dropTheRollback, FEED, [[]]],
    ['forget one undo', forgetOneUndo, FEED, [[]]],
    ['do not clear a timer', neverClear, FEED, [[]]],
    ['do not clear it, nor ask for it', neverClear, 'class Beat {\nstop() {\nif (this.timer !== undefined) clearInterval(this.timer);\n}\n}', [[]]],
    ['do not unref it', neverUnref, FEED, [['this.timer = setInterval(beat, 10);']]],
  ])('%s', (_name, mutate, text, added) => {
    expect(addedBy(mutate, text)).toEqual(added);
  });

  it.each<[string, Mutator, string, readonly (readonly string[])[]]>([
    ['never send SIGKILL', neverKill, "child.kill('SIGKILL');", [["child.kill('SIGTERM');"]]],
    ['ask `killed`', askKilled, "if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');", [["if (!child.killed) child.kill('SIGKILL');"]]],
    ['do not await the exit, nor keep the handler of its deadline', neverAwaitTheExit, "async function stop() {\nchild.kill();\ntry {\nawait within(exited);\n} catch {\nchild.kill('SIGKILL');\n}\n}", [[]]],
    ['do not test the latch', dropTheLatch, LATCHED, [[]]],
    ['do not dispose', neverDispose, 'async function main() {\nawait using bus = new Bus();\n}', [['const bus = new Bus();']]],
    ['stop by hand', stopByHand, 'async function main() {\nawait using bus = new Bus();\n}', [['const bus = new Bus();', 'await bus.stop();']]],
    ['do not unwind the stack', neverUnwind, 'async function start() {\nawait using undo = new AsyncDisposableStack();\n}', [['const undo = new AsyncDisposableStack();']]],
    ['start in the provider', startInTheProvider, 'class Bus {\nasync start() {}\n}\nasync function makeBus() {\nreturn new Bus();\n}', [['const made = new Bus();', 'await made.start();', 'return made;']]],
  ])('%s', (_name, mutate, text, added) => {
    expect(addedBy(mutate, text)).toEqual(added);
  });

  it.each<[string, Mutator, string, readonly (readonly string[])[]]>([
    ['do not ask what runs under a pid, nor keep what was asked', neverVerifyThePid, "async function end(record) {\nconst at = await startTimeOf(record.pid);\nif (at === record.at) process.kill(record.pid);\n}", [['process.kill(record.pid);']]],
    ['do not turn away from a pid of another', neverVerifyThePid, "async function end(pid) {\nif (pid === undefined) return;\nif (!(await isOurs(pid))) return;\nprocess.kill(pid);\n}", [[]]],
    ['do not forget a pid', neverForgetThePid, "child.once('exit', () => {\nthis.pid = undefined;\n});", [[]]],
    ['do not set the latch', neverSetTheLatch, LATCHED, [[]]],
    ['set it late', setTheLatchLate, LATCHED, [[]]],
    ['do not keep the promise of the first run', dropTheLatch, "process.on('SIGINT', run);\nprocess.on('SIGTERM', run);\nfunction run() { done ??= close(); }", [['function run() { done = close(); }']]],
    ['leave alone the guard of a start, and one signal alone', dropTheLatch, "class A {\nstart() {\nif (this.on) return;\nthis.on = true;\nprocess.once('SIGTERM', stop);\n}\n}", []],
    ['make the lock static', makeTheLockStatic, POLLER, [['static #lock = new Mutex();', 'return Poller.#lock.runExclusive(async () => {', 'return Poller.#lock.runExclusive(async () => {']]],
    ['make one for all', makeTheLockGlobal, POLLER, [['const lockOfAll = new Mutex();', 'return lockOfAll.runExclusive(async () => {', 'return lockOfAll.runExclusive(async () => {']]],
    ['make it anew', makeTheLockAnew, POLLER, [['const lockOfThis = new Mutex();', 'return lockOfThis.runExclusive(async () => {', 'const lockOfThis = new Mutex();', 'return lockOfThis.runExclusive(async () => {']]],
    ['start in a factory that is an arrow function', startInTheProvider, 'class Bus {\nasync open() {}\n}\nexport const makeBus = () => new Bus();', [['export const makeBus = async () => {', 'const made = new Bus();', 'await made.open();', 'return made;', '};']]],
    ['stop only when all went well', stopOnlyWhenWell, 'async function ask() {\ntry {\nawait probe.ask();\n} finally {\nawait probe.stop();\n}\n}', [[]]],
    ['return the promise of the end from under the lock', unboxTheEnd, 'class Runner {\nasync stop() {\nconst { ended } = await this.lock.runExclusive(async () => {\nreturn { ended: this.ended };\n});\nawait pTimeout(ended);\n}\n}', [['const ended = await this.lock.runExclusive(async () => {', 'return this.ended;', 'await pTimeout(Promise.resolve(ended));']]],
  ])('%s', (_name, mutate, text, added) => {
    expect(addedBy(mutate, text)).toEqual(added);
  });

  it('hold the lock over a loop only where the loop is the run itself', () => {
    const runner = 'class Runner {\nlock = new Mutex();\nasync run() {\nawait this.lock.runExclusive(() => { this.on = true; });\nwhile (this.on) {\nawait step();\n}\n}\nasync stop() {\nawait this.lock.runExclusive(() => { this.on = false; });\n}\n}';
    expect(addedBy(holdTheLoop, runner)).toEqual([['await this.lock.runExclusive(async () => {', '});']]);
    expect(addedBy(holdTheLoop, POLLER)).toEqual([]);
  });

  it('tell what does no harm', () => {
    const reasons = (mutate: Mutator, text: string): readonly (string | undefined)[] => mutate(specimenOf(sourceOf(text))).map(({ harmless }) => harmless);
    expect(reasons(setTheFlagAlways, POLLER)).toEqual([undefined]);
    expect(reasons(setTheFlagAlways, POLLER.replace('this.#poll();', 'this.#poll().catch(log);'))).toEqual(['the work catches all its errors: only the timeout can come']);
    expect(reasons(setTheFlagAlways, 'class Sweeper {\nadd() {\nconst task = this.sweep().catch(log);\nthis.tasks.add(task);\n}\nasync stop() {\ntry {\nawait pTimeout(Promise.all(this.tasks), { milliseconds: 10 });\n} catch (error) {\nif (error instanceof TimeoutError) this.unrestartable = true;\nthrow error;\n}\n}\n}')).toEqual(['the work catches all its errors: only the timeout can come']);
    expect(reasons(neverDispose, 'async function main() {\nawait using bus = new Bus();\n}\nasync function deliver() {\nawait using bus = new Bus();\n}')).toEqual(['not asked of `main`: what it keeps for the life of the process ends with that', undefined]);
    expect(reasons(stopByHand, 'async function main() {\nawait using bus = new Bus();\nawait bus.start();\nawait using worker = new Worker(bus);\nawait worker.start();\nawait shutdown;\n}')).toEqual([undefined, 'between the start and the stop nothing is awaited but the signal that ends `main`']);
    expect(reasons(neverClear, 'class Beat {\nstart() {\nclearInterval(this.timer);\nthis.timer = setInterval(beat, 10);\n}\nchange() {\nclearInterval(this.timer);\nthis.timer = setInterval(beat, 5);\n}\n}')).toEqual(['only a second start would find it running, which is a matter of the lock', undefined]);
    expect(reasons(dropOneSide, 'class Runner {\nstart() {\nreturn this.lock.runExclusive(() => this.begin());\n}\nstop() {\nreturn this.lock.runExclusive(() => { this.on = false; });\n}\nbegin() {\nthis.on = true;\n}\n}')).toEqual(['all that is done under the lock is one turn of the event loop', 'all that is done under the lock is one turn of the event loop']);
    expect(reasons(dropOneIsolation, FEED)).toEqual([undefined]);
    expect(reasons(dropOneIsolation, FEED.replace('await this.other.close();', ''))).toEqual(['no step comes after it that it could skip']);
  });

  it('leave alone what has none of it', () => {
    expect(mutators.flatMap((mutate) => addedBy(mutate, 'class Empty {\nmethod() {}\n}'))).toEqual([]);
  });
});

describe('judge', () => {
  it('counts a report that moves to the place of the mutation, and none that stays', () => {
    const text = 'class A {\nasync start() { this.task = this.run().catch(log); }\nasync stop() { await pTimeout(this.task, { milliseconds: 9 }); await this.db.close(); }\nasync run() { await tick(); }\n}';
    const source = sourceOf(text);
    const judge = new Judge(source, 'strict');
    const reported = (changes: Parameters<Judge['newReports']>[1]): boolean => judge.newReports(sourceOf(applyChanges(text, changes)), changes).has('require-drain-timeout');
    const call = 'pTimeout(this.task, { milliseconds: 9 })';
    expect(judge.finds).toBe(true);
    expect(reported([{ start: text.indexOf(call), end: text.indexOf(call) + call.length, text: 'this.task' }])).toBe(true);
    expect(reported([{ start: 0, end: 0, text: '// longer\n' }])).toBe(false);
  });
});

describe('recall', () => {
  const mutant = (isNoticed: boolean, harmless?: string): Parameters<typeof recallOf>[0][number] => ({ noticedBy: new Set(isNoticed ? ['strict'] : []), harmless }) as never;

  it('leaves out what does no harm and is not noticed', () => {
    expect(recallOf([mutant(true), mutant(false), mutant(false, 'not asked'), mutant(true, 'not asked')], 'strict')).toBe(2 / 3);
    expect(recallOf([mutant(false, 'not asked')], 'strict')).toBeUndefined();
  });
});
