import { expect, test } from 'vitest';
import { killsOf } from '../../model/read-kills.ts';
import { killsIn } from './kills-in.ts';
import { parse, parseAsJavaScript, parseAsTypeScript } from './parse.ts';

/** The body of a stop of a class whose child is in `this.child`, from line 6 on. */
function inStop(body: string, start = ''): readonly string[] {
  return killsIn(`import { once } from 'node:events';
import { spawn } from 'node:child_process';
class Server {
  start() { this.child = spawn('server'); ${start} }
  async stop() {
${body}
  }
}`);
}

const FACTS = 'this.child: awaited';

test.each([
  ["this.child.kill(); this.child = null;", '', 'no, bounded no, escalated no, missing not-awaited at 6!'],
  ["this.child.kill(); await this.flush();", '', 'no, bounded no, escalated no, missing not-awaited at 6!'],
  ["this.child.kill();\nawait this.exited;", "this.exited = once(this.child, 'exit');", 'yes, bounded no, escalated no, missing no-deadline at 7!'],
  ["this.child.kill();\nawait this.exited.catch(() => {});", "this.exited = once(this.child, 'close');", 'yes, bounded no, escalated no, missing no-deadline at 7!'],
  ["this.child.kill();\nawait Promise.all([this.exited, this.flush()]);", "this.exited = once(this.child, 'exit');", 'yes, bounded no, escalated no, missing no-deadline at 7!'],
  ["this.child.kill();\nawait Promise.race([this.exited, sleep(5)]);", "this.exited = once(this.child, 'exit');", 'yes, bounded yes, escalated no, missing no-escalation at 7!'],
  ["this.child.kill();\nawait withTimeout(this.exited, 5);", "this.exited = once(this.child, 'exit');", 'yes, bounded yes, escalated no, missing no-escalation at 7!'],
  ["this.child.kill();\nawait Promise.race([this.exited, this.aborted]);", "this.exited = once(this.child, 'exit');", 'yes, bounded unknown, escalated no, missing nothing'],
  ["this.child.kill();\nawait Promise.race([this.exited, sleep(5)]); this.child.kill('SIGKILL'); await this.exited;", "this.exited = once(this.child, 'exit');", 'yes, bounded yes, escalated yes, missing nothing'],
  ["this.child.kill();\nawait Promise.race([this.exited, sleep(5)]); process.kill(-this.child.pid, 'SIGKILL'); await this.exited;", "this.exited = once(this.child, 'exit');", 'yes, bounded yes, escalated yes, missing nothing'],
  ["this.child.kill();\nawait Promise.race([this.exited, sleep(5)]); this.child.kill('SIGKILL');", "this.exited = once(this.child, 'exit');", 'yes, bounded yes, escalated yes, missing unawaited-escalation at 7'],
  ["this.child.kill();\nsetTimeout(() => this.child.kill(9), 5); await this.exited;", "this.exited = once(this.child, 'exit');", 'yes, bounded yes, escalated yes, missing nothing'],
  ["this.child.kill();\nsetTimeout(() => this.child.kill(9), 5);", '', 'no, bounded no, escalated yes, missing not-awaited at 6'],
  ["this.child.kill();\nsetTimeout(() => { if (!this.child.killed) this.child.kill(9); }, 5); await this.exited;", "this.exited = once(this.child, 'exit');", 'yes, bounded unknown, escalated no, missing dead-escalation at 7'],
  ["this.child.kill();\nawait this.flush();\nawait once(this.child, 'exit');", '', 'yes, bounded no, escalated no, missing late-listener at 8!'],
  ["this.child.kill();\nif (this.child.exitCode === null) await once(this.child, 'exit');", '', 'yes, bounded no, escalated no, missing no-deadline at 7!'],
  ["this.child.kill('SIGKILL'); await this.exited;", "this.exited = once(this.child, 'exit');", 'yes, bounded yes, escalated yes, missing nothing'],
  ["this.child.kill('SIGKILL'); this.child = null;", '', 'no, bounded yes, escalated yes, missing not-awaited at 6'],
  ["this.child.kill(); await this.exited();", "this.monitor.watch(this.child);", 'unknown, bounded no, escalated unknown, missing nothing'],
  ["this.child.kill(); this.child = null;", "this.child.on('exit', () => this.emit('exit'));", 'unknown, bounded no, escalated no, missing nothing'],
  ["this.child.kill(); this.child = null;", "this.child.on('exit', () => console.log('exit'));", 'no, bounded no, escalated no, missing not-awaited at 6!'],
  ["this.child.kill(); this.child = null;", "this.child.on('exit', () => { for (const p of this.pending) p.reject(new Error('gone')); });", 'no, bounded no, escalated no, missing not-awaited at 6!'],
  ["this.child.kill(); this.child = null;", "this.child.on('exit', () => this.ended.resolve());", 'unknown, bounded no, escalated no, missing nothing'],
  ["this.child.kill();\nwhile (this.child.exitCode === null) await sleep(5);", '', 'unknown, bounded no, escalated no, missing nothing'],
  ["this.child.kill();\nwhile (this.alive) await sleep(5);", "this.alive = true; this.child.on('exit', () => { this.alive = false; });", 'unknown, bounded no, escalated no, missing nothing'],
  ["this.child.kill();\nawait waitForPort(8080);", '', 'unknown, bounded no, escalated no, missing nothing'],
  ["const closed = once(this.lines, 'close'); this.child.kill();\nawait closed;", 'this.lines = createInterface({ input: this.child.stdout });', 'unknown, bounded no, escalated no, missing nothing'],
  ["this.child.kill();", "this.child.on('exit', () => { if (!this.stopping) this.start(); });", 'no, bounded no, escalated no, missing not-awaited at 6!'],
  ["this.child.kill(this.signal); this.child = null;", '', 'no, bounded no, escalated unknown, missing nothing'],
])('stop: %s %s', (body, start, expected) => {
  expect(inStop(body, start)[0]).toBe(`${FACTS} ${expected}`);
});

test('an await in another method is no wait for this', () => {
  const text = `
    import { spawn } from 'child_process';
    class A {
      start() { this.child = spawn('a'); }
      async stop() { this.child.kill(); }
      async drain() { while (this.busy) await this.closed; }
    }
  `;
  expect(killsIn(text)).toEqual(['this.child: awaited no, bounded no, escalated no, missing not-awaited at 5!']);
});

test('a branch that leaves does not come to the wait behind it', () => {
  expect(inStop("if (this.broken) {\nthis.child.kill();\nthis.child = null;\nthrow new Error('broken');\n}\nawait this.exited;", "this.exited = once(this.child, 'exit');")).toEqual([
    `${FACTS} unknown, bounded no, escalated no, missing nothing`,
  ]);
});

test('the wait of a caller, of a helper, and of the promise round the signal', () => {
  const text = `
    import { spawn } from 'child_process';
    class A {
      start() { this.child = spawn('a'); }
      async stop() { this.#signal(); await this.#exit(); }
      #signal() { this.child.kill(); }
      #exit() { return new Promise((resolve) => { this.child.on('exit', resolve); }); }
    }
    class B {
      start() { this.child = spawn('b'); }
      stop() {
        return new Promise((resolve) => {
          this.child.once('close', () => resolve());
          this.child.kill();
        });
      }
    }
  `;
  expect(killsIn(text)).toEqual([
    'this.child: awaited yes, bounded no, escalated no, missing no-deadline at 5!',
    'this.child: awaited yes, bounded no, escalated no, missing no-deadline at 12!',
  ]);
});

test('a second signal that ends the child for sure is no kill of its own', () => {
  const kills = killsOf(parse(`
    import { spawn } from 'child_process';
    const child = spawn('a');
    export async function stop() { child.kill('SIGINT'); await sleep(5); child.kill('SIGTERM'); await sleep(5); child.kill('SIGKILL'); }
  `).program).kills;
  expect(kills.map(({ signal, escalated }) => [signal, escalated])).toEqual([
    ['SIGINT', 'yes'],
    ['SIGTERM', 'yes'],
  ]);
});

test.each([
  ['stop', 'async stop() { this.child.kill(); }', true],
  ['a name of another kind', 'async pause() { this.child.kill(); }', false],
  ['the handle is dropped', 'pause() { this.child.kill(); this.child = undefined; }', true],
  ['a record forgets it', 'pause(id) { this.all[id].kill(); delete this.all[id]; }', true],
  ['in a handler', "watch() { this.on('idle', () => { this.child.kill(); this.child = undefined; }); }", false],
  ['by name a handler', 'onIdle() { this.child.kill(); this.child = undefined; }', false],
  ['in a catch', 'async stop() { try { await x(); } catch { this.child.kill(); this.child = undefined; } }', false],
  ['the process ends too', 'stop() { this.child.kill(); process.exit(0); }', false],
  ['of an object that a function gives', 'open() { return { stop: async () => { this.child.kill(); } }; }', true],
  ['a helper that only stop calls', 'async stop() { this.#signal(); } #signal() { this.child.kill(); }', true],
  ['a helper that others call too', 'async stop() { this.#signal(); } reload() { this.#signal(); } #signal() { this.child.kill(); }', false],
  ['a local helper of the run that makes it', "run() { const child = spawn('x'); const cleanup = async () => { child.kill(); }; return use(cleanup); }", false],
])('strands its child: %s', (_name, member, expected) => {
  const text = `
    import { spawn, type ChildProcess } from 'child_process';
    class A { child?: ChildProcess; all: Record<string, ChildProcess>; ${member} }
  `;
  expect(killsOf(parse(text).program).kills.map(({ strands }) => strands)).toEqual([expected]);
});

test('all parsers give the same', () => {
  const text = `import { spawn } from 'child_process';
const child = spawn('a');
export async function stop() {
  (child)?.kill();
  await new Promise((resolve) => { child.on('exit', () => { resolve(); }); setTimeout(resolve, 5); });
}`;
  const expected = ['child: awaited yes, bounded yes, escalated no, missing no-escalation at 5!'];
  expect(killsIn(text)).toEqual(expected);
  expect(killsIn(text, parseAsTypeScript(text))).toEqual(expected);
  expect(killsIn(text, parseAsJavaScript(text))).toEqual(expected);
});
