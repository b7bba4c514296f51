import dedent from 'dedent';
import { expect, test } from 'vitest';
import { serviceIn } from './parse.ts';

function rolledBack(start: string): string {
  const text = dedent`
    class Pair {
      lock = new Mutex();
      timer;
      ${start}
      async stop() { if (!this.on) return; this.on = false; await this.b.end(); await this.a.end(); clearInterval(this.timer); }
    }
  `;
  return serviceIn(text).startup.rolledBack;
}

const HALF = 'async startLocked() { if (this.on) return; await this.a.connect(); await this.b.connect(); this.on = true; }';

test('the call under which a half fails gives nothing back', () => {
  expect(rolledBack(`async start() { return this.lock.runExclusive(() => this.startLocked()); } ${HALF}`)).toBe('no');
  expect(rolledBack('async start() { return this.lock.runExclusive(async () => { if (this.on) return; await this.a.connect(); await this.b.connect(); this.on = true; }); }')).toBe('no');
});

test('what is given another function may give back', () => {
  expect(rolledBack(`async start() { return guarded(() => this.startLocked(), () => this.stop()); } ${HALF}`)).not.toBe('no');
});

test('a local that is put into a field only later is given back by its own name', () => {
  const start = (handler: string): string => `async start() { const timer = setInterval(() => this.tick(), 1000); try { await this.a.ready(); } catch (error) { ${handler} throw error; } this.timer = timer; this.on = true; }`;
  expect(rolledBack(start('clearInterval(timer);'))).toBe('yes');
  expect(rolledBack(start('clearInterval(other);'))).toBe('no');
});

test('what waits for the thing itself leaves nothing behind', () => {
  const start = "async start() { const child = spawn('tool'); await once(child, 'spawn'); this.child = child; } async end() { this.child.kill(); }";
  expect(rolledBack(start)).not.toBe('no');
});
