import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import addStartupRollback from '../../codemods/add-startup-rollback.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { serviceFixtures } from './cases.ts';

const STOP = 'async stop() { if (!this.on) return; this.on = false; await this.b.end(); await this.a.end(); }';

/** Why a class is left, after checking that its text is. */
function whyLeft(start: string, stop = STOP, members = '', fileName = 'pair.js'): readonly string[] {
  const text = `class Pair { on = false; ${members} ${start} ${stop} }`;
  const result = runCodemods([addStartupRollback], { fileName, text });
  expect(result.text).toBe(text);
  return result.services.flatMap(({ left }) => left.map(({ why }) => why));
}

/** What becomes of a text, which is changed only once. */
function mended(text: string, fileName = 'pair.ts'): string {
  const result = runCodemods([addStartupRollback], { fileName, text });
  expect(result.services.flatMap(({ left }) => left)).toEqual([]);
  expect(result.text).not.toBe(text);
  expect(runCodemods([addStartupRollback], { fileName, text: result.text }).text).toBe(result.text);
  return result.text;
}

describe('says why it left a class alone', () => {
  test('a stop that does not ask whether there is anything to stop', () => {
    expect(whyLeft('async start() { await this.a.connect(); await this.b.connect(); }', 'async stop() { await this.b.end(); await this.a.end(); }')).toEqual([
      'stop() would do a.end at line 1 a second time after a start that was rolled back: let it ask first whether there is anything to stop',
    ]);
  });

  test('a release with something that only stop has', () => {
    const stop = 'async stop(reason) { if (!this.on) return; this.on = false; await this.b.end(); await this.a.end(reason); }';
    expect(whyLeft('async start() { if (this.on) return; await this.a.connect(); await this.b.connect(); this.on = true; }', stop)).toEqual([
      'this.a.connect() at line 1 is given back with `reason`, which only stop() has',
    ]);
  });

  test('a release on a condition that start knows nothing of', () => {
    const start = 'async start() { if (this.on) return; await this.a.connect(); await this.b.connect(); this.on = true; }';
    expect(whyLeft(start, 'async stop() { if (!this.on) return; this.on = false; await this.b.end(); if (this.owns) await this.a.end(); }')).toEqual([
      'this.a.connect() at line 1 is given back only on the condition at line 1',
    ]);
    expect(whyLeft(start, 'async stop() { if (!this.on) return; this.on = false; await this.b.end(); if (!this.owns) return; await this.a.end(); }')).toEqual([
      'this.a.connect() at line 1 is given back only on the condition at line 1',
    ]);
    expect(whyLeft(start, 'async stop() { if (!this.on) return; this.on = false; try { await this.b.end(); } catch { await this.a.end(); } }')).toEqual([
      'this.a.connect() at line 1 is given back only on some ways, at line 1',
    ]);
  });

  test('an acquisition of which the end of its statement does not tell', () => {
    const rest = 'await this.b.connect(); this.on = true; }';
    expect(whyLeft(`async start() { if (this.on) return; for (;;) { await this.a.connect(); break; } ${rest}`)).toEqual(['this.a.connect() at line 1 stands in a loop']);
    expect(whyLeft(`async start() { if (this.on) return; if (await this.a.connect()) this.near = 1; ${rest}`)).toEqual(['this.a.connect() at line 1 has no statement of its own']);
  });

  test('several acquisitions in one statement', () => {
    expect(whyLeft('async start() { if (this.on) return; await Promise.all([this.a.connect(), this.b.connect()]); await this.check(); this.on = true; } async check() { await fetch(this.url); }')).toEqual([
      'line 1 acquires several things at once',
    ]);
  });

  test('a function that is not async', () => {
    expect(whyLeft('start() { return this.a.connect().then(() => this.b.connect()).then(() => { this.on = true; }); }')).toEqual([
      'this.a.connect() at line 1 stands in a function that is not async, where nothing is caught',
    ]);
  });

  test('a release that takes the lock which start holds', () => {
    const start = 'async start() { return this.lock.runExclusive(async () => { if (this.on) return; await this.a.connect(); await this.b.connect(); this.on = true; }); }';
    const stop = 'async stop() { if (!this.on) return; this.on = false; await this.b.end(); await this.withTimeout(this.a.end()); }';
    const members = "lock = new Mutex(); async withTimeout(work) { return this.lock.runExclusive(() => work); }";
    expect(whyLeft(start, stop, members)).toEqual(['this.a.connect() at line 1 is given back by withTimeout() at line 1, which takes the lock']);
  });

  test('a function that earlier lines use', () => {
    const start = 'async start() { if (this.on) return; check(); await this.a.connect(); function check() {} await this.b.connect(); this.on = true; }';
    expect(whyLeft(start)).toEqual(['line 1 declares what earlier lines use']);
  });

  test('work that goes on', () => {
    const start = 'async start() { if (this.on) return; await this.a.connect(); this.task = this.run(); await this.b.connect(); this.on = true; }';
    const run = 'async run() { while (this.on) await this.a.next(); }';
    expect(whyLeft(start, 'async stop() { if (!this.on) return; this.on = false; await this.task; await this.b.end(); await this.a.end(); }', run)).toEqual([
      'begins this.run() at line 1, for which a rollback would have to wait',
    ]);
  });

  test('a base class', () => {
    const text = `import { Base } from './base.js'; class Pair extends Base { on = false; async start() { if (this.on) return; await super.start(); await this.a.connect(); await this.b.connect(); this.on = true; } ${STOP} }`;
    const { services, text: after } = runCodemods([addStartupRollback], { fileName: 'pair.js', text });
    expect(after).toBe(text);
    expect(services.flatMap(({ left }) => left.map(({ why }) => why))).toEqual(['start() calls its base class, and what that acquires cannot be told']);
  });

  test('a catch that may do a part of it', () => {
    const start = "async start() { if (this.on) return; try { await this.a.connect(); await this.b.connect(); this.on = true; } catch (error) { this.tries += 1; throw error; } }";
    expect(whyLeft(start)).toEqual(['has a catch at line 1 that may do a part of it']);
  });

  test('something else that stop ends, and that start has to do with', () => {
    const start = 'async start() { if (this.on) return; await this.a.connect(); this.c = make(); this.c.run(); await this.b.connect(); this.on = true; }';
    const stop = 'async stop() { if (!this.on) return; this.on = false; await this.b.end(); await this.c.finish(); await this.a.end(); }';
    expect(whyLeft(start, stop)).toEqual(['what line 1 does to this.c may have to be done in a rollback too, and that cannot be told']);
  });

  test('a handle that is set only on a condition', () => {
    const start = 'async start() { if (this.on) return; if (!this.a) { this.a = await open(); } await this.b.connect(); this.on = true; }';
    const stop = 'async stop() { if (!this.on) return; this.on = false; await this.b.end(); await this.a.end(); this.a = undefined; }';
    expect(whyLeft(start, stop, 'a;')).toEqual(['sets this.a at line 1 only on a condition, and what it was before cannot be told']);
  });

  test('two functions that acquire', () => {
    const start = 'async start() { if (this.on) return; await this.a.connect(); await this.more(); this.on = true; } async more() { await this.b.connect(); await this.b.check(); }';
    expect(whyLeft(start)).toEqual(['this.b.connect() at line 1 is acquired in another function than the rest']);
  });

  test('a flag that stop sets to something else than it was', () => {
    const start = "async start() { if (this.state === 'on') return; this.state = 'on'; await this.a.connect(); await this.b.connect(); }";
    const stop = "async stop() { if (this.state !== 'on') return; this.state = 'off'; await this.b.end(); await this.a.end(); }";
    expect(whyLeft(start, stop, "state = 'new';")).toEqual(['sets this.state to something else at line 1, and what it was before start cannot be told']);
  });
});

test('a handle that the constructor has made is not emptied', () => {
  const text = dedent`
    class Pair {
      constructor(a) { this.a = a; this.on = false; }
      async start() {
        if (this.on) return;
        this.a = await open();
        await this.check();
        this.on = true;
      }
      async stop() {
        if (!this.on) return;
        this.on = false;
        await this.a.end();
      }
      async check() { await fetch(this.url); }
    }
  `;
  expect(mended(text, 'pair.js')).not.toContain('this.a = undefined');
});

test('where nothing is left but a flag, that is taken back', () => {
  const text = dedent`
    class Pair {
      on = false;
      async start() {
        if (this.on) return;
        this.on = true;
        this.conf = await load();
        this.timer = setInterval(() => this.tick(), 1000);
      }
      async stop() {
        if (!this.on) return;
        this.on = false;
        clearInterval(this.timer);
      }
    }
  `;
  const after = mended(text, 'pair.js');
  expect(after).toContain('    } catch (error) {\n      this.on = false;\n      throw error;\n    }\n');
  expect(after).not.toContain('undo');
});

test('a catch that clears the flag already clears it once', () => {
  const text = dedent`
    class Pair {
      on = false;
      async start() {
        if (this.on) return;
        try {
          this.on = true;
          await this.a.connect();
          await this.b.connect();
        } catch (error) {
          this.on = false;
          throw error;
        }
      }
      async stop() {
        if (!this.on) return;
        this.on = false;
        await this.b.end();
        await this.a.end();
      }
    }
  `;
  const after = mended(text, 'pair.js');
  expect(after.match(/this\.on = false/g)).toHaveLength(2);
  expect(after).toContain("      await this.a.connect();\n      undo.push(['a.end', () => this.a.end()]);\n");
});

const START = dedent`
  class Pair {
    #on = false;
    async start(name: string, undo: number): Promise<void> {
      if (this.#on) return;
      await this.#a.connect(name, undo);
      await this.#b.connect();
      this.#on = true;
    }
    async stop(): Promise<void> {
      if (!this.#on) return;
      this.#on = false;
      await this.#b.end();
      await this.#a.end();
    }
  }
`;

test('takes no name that is used', () => {
  const text = mended(START);
  expect(text).toContain('const rollback: [string, () => unknown][] = [];');
  expect(text).toContain('for (const [stepName, step] of rollback.reverse()) {');
});

test.each([
  ['CRLF and no last newline', START.replaceAll('\n', '\r\n')],
  ['tabs', START.replaceAll('  ', '\t')],
  ['a byte order mark', `\uFEFF${START}`],
])('keeps %s', (_name, before) => {
  const text = mended(before);
  const eol = before.includes('\r') ? '\r\n' : '\n';
  const unit = before.includes('\t') ? '\t' : '  ';
  expect(text.startsWith(before.slice(0, 10))).toBe(true);
  expect(text).toContain(`${eol}${unit.repeat(3)}await this.#b.connect();${eol}${unit.repeat(2)}} catch (error) {${eol}`);
  expect(text.replaceAll('\r\n', '').includes('\r')).toBe(false);
  expect(text.split(eol).length).toBe(text.split('\n').length);
  expect(text.endsWith('}')).toBe(true);
});

test('a failure is logged as the class logs', () => {
  const before = START.replace("#on = false;", "#on = false;\n  note(err: Error) { this.#log.warn({ err, pair: 1 }, 'no'); }");
  expect(mended(before)).toContain('this.#log.warn({ err: failure }, `rollback step failed: ${stepName}`);');
});

test('a release in several lines is indented as it stands', () => {
  const before = START.replace('    await this.#a.end();', '    await this.#a.end(\n      1,\n      2,\n    );');
  expect(mended(before)).toContain("      rollback.push(['a.end', () => this.#a.end(\n        1,\n        2,\n      )]);\n");
});

test.each(serviceFixtures().filter(({ name }) => name.endsWith('after.ts')))('has nothing to do in $name', ({ name, text }) => {
  const result = runCodemods([addStartupRollback], { fileName: name, text });
  expect(result.text).toBe(text);
  expect(result.services.flatMap(({ added, left }) => [...added, ...left])).toEqual([]);
});
