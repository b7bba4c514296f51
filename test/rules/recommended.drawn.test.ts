import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { parse } from '../../codemods/parse.ts';
import { lineOf } from '../../model/line-of.ts';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import { rules } from '../../rules/index.ts';

/** The lines on which a rule reports something under `recommended`. */
function linesOf(name: string, code: string): readonly number[] {
  const rule = rules.find((one) => one.name === name);
  if (rule === undefined) throw new Error(`no rule ${name}`);
  const source = parse('file.ts', dedent(code));
  return rule.findingsIn(source, DEFAULT_SETTINGS, rule.meta.docs.presets.recommended).map(({ node }) => lineOf(source, node));
}

/** Shapes of reports that were drawn from real code and judged wrong (docs/precision.md), each beside one that is right. */
describe('recommended says nothing of what was judged wrong in real code', () => {
  const queue = (stop: string): string => `
    class Watcher {
      refreshQueue = new PQueue({ concurrency: 1 });
      async start() {
        if (this.started) return;
        this.started = true;
        await this.refreshAll();
        this.watcher = watch(this.folder);
      }
      async stop() {
        ${stop}
      }
      async refreshAll() {
        await this.refreshQueue.add(() => this.readAll());
      }
      async refreshOne(name) {
        await this.refreshQueue.add(() => this.read(name));
      }
    }
  `;

  test('a queue that no stop takes is there for the work', () => {
    const work = queue('this.watcher.close();');
    expect(linesOf('no-shared-lifecycle-lock', work)).toEqual([]);
    expect(linesOf('no-partial-lifecycle-lock', work)).toEqual([]);
    expect(linesOf('no-shared-lifecycle-lock', queue('await this.refreshQueue.add(() => this.watcher.close());'))).toHaveLength(1);
  });

  const driver = (connect: string): string => `
    import { Mutex } from 'async-mutex';
    class Driver {
      mutex = new Mutex();
      closed = false;
      async connect() {${connect}}
      async close() {
        await this.mutex.runExclusive(async () => {
          if (this.closed) return;
          this.closed = true;
          await this.client.end();
        });
      }
    }
  `;

  test('a connect that does nothing cannot run in the middle of close', () => {
    expect(linesOf('no-partial-lifecycle-lock', driver(''))).toEqual([]);
    expect(linesOf('no-partial-lifecycle-lock', driver(' await this.client.connect(); this.closed = false; '))).toEqual([5]);
  });

  const replay = (step: string): string => `
    class Replay {
      async start() {
        await this.buffer.open();
      }
      async stop() {
        await this.flush();
        ${step}
      }
      async flush() {
        await this.buffer.flush();
        try {
          await this.send();
        } catch (error) {
          await this.stop();
        }
      }
    }
  `;

  test('a step that ends the service itself is no step that is skipped', () => {
    expect(linesOf('no-skipped-teardown', replay(''))).toEqual([]);
    expect(linesOf('no-skipped-teardown', replay('await this.buffer.close();'))).toHaveLength(1);
  });

  const poller = (begin: string): string => `
    class Poller {
      async start() {
        ${begin}
      }
      async stop() {
        await this.client.close();
      }
      async poll() {
        await this.client.fetch();
      }
    }
  `;

  test('of dropped promises those count that are the class\'s own and no stop of it', () => {
    const lines = (begin: string): readonly number[] => linesOf('no-untracked-background-task', poller(begin));
    expect(lines('void this.poll();')).toEqual([3]);
    expect(lines('void this.options.onStart();')).toEqual([]);
    expect(lines('void this.stop();')).toEqual([]);
    expect(lines('this.polling = this.poll();')).toEqual([]);
    expect(lines('this.poll().catch((error) => this.logger.error(error));')).toEqual([]);
  });

  const timer = (start: string, stop = ''): string => `
    class Pinger {
      inner = innerOf(this.socket);
      async start() {
        ${start}
      }
      async stop() {
        ${stop}
        await this.socket.close();
      }
      again() {
        this.timer = setTimeout(() => this.send().finally(() => this.again()), 1000);
      }
      async send() {
        await this.socket.send('ping');
      }
    }
  `;

  test('of timers those count that fire again and again, hold the process up and are surely not cleared', () => {
    const lines = (start: string, stop?: string): readonly number[] => linesOf('require-timer-release', timer(start, stop));
    expect(lines("setInterval(() => this.socket.send('ping'), 1000);")).toContain(4);
    expect(lines("setInterval(() => this.socket.send('ping'), 1000).unref();")).not.toContain(4);
    expect(lines('setTimeout(async () => { await this.restart(); }, 1000);')).not.toContain(4);
    expect(lines('this.again();')).toContain(11);
    expect(lines('this.again();', 'clearTimeout(this.inner.timer);')).not.toContain(11);
  });
});
