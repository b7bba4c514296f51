import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { defaultEngine } from '../../cli/default-engine.ts';
import type { RaceKind } from '../../model/service.ts';
import { makeProject, run } from './project.ts';

const ROOT = join(import.meta.dirname, '../..');

async function textOf(code: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { root } = makeProject({ 'a.ts': code });
  const { stdout, stderr } = await run(root, ['explain', 'a.ts'], defaultEngine, env);
  expect(stderr).toBe('');
  return stdout;
}

/** The rows of the two-column schedule of the first race of a kind, with the space between words made one. */
async function scheduleOf(kind: RaceKind, code: string): Promise<string[]> {
  const lines = (await textOf(code)).split('\n');
  const race = lines.findIndex((line) => line.startsWith(`  ${kind}: `));
  if (race === -1) throw new Error(`no ${kind}`);
  const rows = lines.slice(lines.findIndex((line, index) => index > race && line.includes(' | ')));
  return rows.slice(0, rows.findIndex((line) => line.trim() === '')).map((line) => line.trim().replaceAll(/\s+/g, ' '));
}

describe('the schedule of a race', () => {
  test('late-guard: two starts', async () => {
    const code = dedent`
      class A {
        async start() {
          if (this.on) return;
          await open();
          this.on = true;
        }
        async stop() {}
      }
    `;
    expect(await scheduleOf('late-guard', code)).toEqual([
      'start(), first call | start(), second call',
      'line 3: tests this.on, goes on |',
      'if (this.on) return; |',
      'line 4: waits |',
      'await open(); |',
      '| line 3: tests this.on, not set yet: goes',
      '| on too',
      '| if (this.on) return;',
      'line 5: sets this.on |',
      'this.on = true; |',
      '| line 5: sets this.on again',
      '| this.on = true;',
    ]);
  });

  test('no-guard: what the first start made is lost', async () => {
    const code = dedent`
      class A {
        async start() {
          await log();
          this.s = open();
        }
        async stop() { this.s.close(); }
      }
    `;
    expect(await scheduleOf('no-guard', code)).toEqual([
      'start(), first call | start(), second call',
      'line 3: waits |',
      'await log(); |',
      '| line 3: waits too: nothing turns it away',
      '| await log();',
      'line 4: makes this.s |',
      'this.s = open(); |',
      '| line 4: makes another: the first this.s is',
      '| lost',
      '| this.s = open();',
    ]);
  });

  test('stop-during-start: the whole of stop runs while start waits', async () => {
    const code = dedent`
      class A {
        async start() {
          if (this.on) return;
          this.on = true;
          this.s = await open();
        }
        async stop() {
          this.on = false;
          this.s?.close();
        }
      }
    `;
    expect(await scheduleOf('stop-during-start', code)).toEqual([
      'start() | stop()',
      'line 5: waits |',
      'this.s = await open(); |',
      '| line 7: runs to its end: no this.s yet',
      '| async stop() {',
      'line 5: goes on with this.s: nobody stops |',
      'it |',
      'this.s = await open(); |',
    ]);
  });

  test('lost-stop: stop returns at once', async () => {
    const code = dedent`
      class A {
        async start() {
          await open();
          this.on = true;
        }
        async stop() {
          if (!this.on) return;
          this.on = false;
        }
      }
    `;
    expect(await scheduleOf('lost-stop', code)).toEqual(expect.arrayContaining(['start() | stop()', 'line 3: waits |', '| line 7: tests this.on, not set yet:', '| returns', '| if (!this.on) return;', 'line 4: sets this.on: it runs although |']));
  });

  test('start-during-stop: start comes in before stop has ended', async () => {
    const code = dedent`
      class A {
        async start() {
          if (this.on) return;
          this.on = true;
          this.s = open();
        }
        async stop() {
          this.on = false;
          await flush();
          this.s = undefined;
        }
      }
    `;
    expect(await scheduleOf('start-during-stop', code)).toEqual([
      'stop() | start()',
      'line 8: sets this.on, which lets start in |',
      'this.on = false; |',
      'line 9: waits |',
      'await flush(); |',
      '| line 2: starts anew',
      '| async start() {',
      'line 10: meets what the new start made |',
      'this.s = undefined; |',
    ]);
  });

  test('double-stop: released twice', async () => {
    const code = dedent`
      class A {
        async start() {
          if (this.s) return;
          this.s = open();
        }
        async stop() {
          await this.s.close();
          this.s = undefined;
        }
      }
    `;
    expect(await scheduleOf('double-stop', code)).toEqual(expect.arrayContaining(['stop(), first call | stop(), second call', 'line 7: releases this.s, waits |', '| line 7: releases this.s again', 'line 8: drops this.s, too late |']));
  });

  test('under a lock a second start comes after the first, and does it all again', async () => {
    const code = dedent`
      import { Mutex } from 'async-mutex';
      class A {
        #lock = new Mutex();
        async start() { return this.#lock.runExclusive(async () => {
          await log();
          this.s = open();
        }); }
        async stop() { return this.#lock.runExclusive(async () => { await this.s.close(); }); }
      }
    `;
    expect((await textOf(code)).replaceAll(/\s+/g, ' ')).toContain('The lock only puts a second `start()` after the first: nothing turns it away, line 6 runs again, and `stop()` then releases only one `this.s`.');
  });
});

test('the sections of a service, and what each says', async () => {
  const { stdout } = await run(ROOT, ['explain', 'fixtures/services/task-engine/before.ts'], defaultEngine);
  for (const line of [
    'TaskEngine  fixtures/services/task-engine/before.ts:25-88',
    '  start         start() on lines 43-52',
    '  this.#mutex   one for each instance, from async-mutex, line 28',
    '  submit()      takes it too on line 70, and is no part of the lifecycle',
    '  goes ahead    after a stop that timed out: nothing remembers the timeout (line 59)',
    '  line 59       this.#worker: deadline on line 59: it ends the wait',
    '  no [Symbol.asyncDispose]',
    '  reported   no-shared-lifecycle-lock',
    '  strict     require-async-dispose',
    '  not asked  require-timer-release',
    '             it sets no timer.',
  ]) expect(stdout.split('\n')).toContain(line);
});

test('no line is wider than 92 columns, whatever the service', async () => {
  const folders = readdirSync(join(ROOT, 'fixtures/services'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const texts = await Promise.all(folders.map(({ name }) => run(ROOT, ['explain', `fixtures/services/${name}/before.ts`], defaultEngine)));
  const lines = texts.flatMap(({ stdout }) => stdout.split('\n'));
  expect(lines.length).toBeGreaterThan(1000);
  expect(lines.filter((line) => line.length > 92)).toEqual([]);
});

test('colours only where they are wanted', async () => {
  const code = 'class A { async start() { if (this.on) return; await open(); this.on = true; } async stop() {} }';
  const escape = String.fromCharCode(27);
  expect(await textOf(code)).not.toContain(escape);
  expect(await textOf(code, { FORCE_COLOR: '1' })).toContain(`${escape}[1mRace windows${escape}[22m`);
});

test('source cannot give the terminal commands', async () => {
  const escape = String.fromCharCode(27);
  const code = `class A { async start() { if (this.on) return; await open(); /* ${escape}[2J */ this.on = true; } async stop() {} }`;
  expect(await textOf(code)).not.toContain(escape);
});

test('a service that keeps itself together', async () => {
  const text = await textOf('class A { async start() { if (this.on) return; this.on = true; this.t = setInterval(f, 9); await log(); } async stop() { if (!this.on) return; this.on = false; clearInterval(this.t); } }');
  expect(text).toMatch(/Race windows\n {2}none was seen\n/);
  expect(text).toContain('  closed        a second start');
  expect(text).toMatch(/Rules that report\n {2}strict/);
});

test('races that may be closed out of sight, or that nobody asks about, are told as such', async () => {
  const body = '{ async start() { await super.start(); this.s = await open(); } async stop() { await super.stop(); await this.s.close(); this.s = undefined; } }';
  expect((await textOf(`class A extends Base ${body}`)).replaceAll(/\s+/g, ' ')).toContain('a base class, or a call that cannot be followed, may hold a lock that closes it.');
  const hooks = 'class A { async onModuleInit() { await log(); this.s = await open(); } async onModuleDestroy() { await this.s.close(); } }';
  expect((await textOf(hooks)).replaceAll(/\s+/g, ' ')).toContain('no rule asks a host-serialised service to keep its calls apart.');
});
