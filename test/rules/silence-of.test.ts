import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import { factsOf } from '../../model/services-of.ts';
import { rules } from '../../rules/index.ts';
import { silenceOf } from '../../rules/silence-of.ts';
import { parse } from '../model/parse.ts';

/** Why a rule says nothing of the only service of a text, as it does under `recommended`. Throws where it has something to say. */
function silence(name: string, text: string): string {
  const source = parse(text);
  const [service] = factsOf(source, DEFAULT_SETTINGS).services;
  const rule = rules.find((one) => one.name === name);
  if (service === undefined || rule === undefined) throw new Error('no service or no rule');
  const found = (preset: 'recommended' | 'strict'): number => rule.findingsIn(source, DEFAULT_SETTINGS, rule.meta.docs.presets[preset]).length;
  if (found('recommended') > 0) throw new Error(`${name} reports`);
  const { outcome, why } = silenceOf(name, { service, source, isStrictOnly: found('strict') > 0 }) ?? {};
  return `${outcome ?? 'nothing'}: ${why ?? ''}`;
}

const PLAIN = 'class A { async start() { this.s = await open(); } async stop() { await this.s.close(); } }';
const locked = (start: string, stop: string, more = ''): string => dedent`
  import { Mutex } from 'async-mutex';
  class A {
    #lock = new Mutex();
    async start() { return this.#lock.runExclusive(async () => { ${start} }); }
    async stop() { return this.#lock.runExclusive(async () => { ${stop} }); }
    ${more}
  }
`;

test.each(rules.map(({ name }) => name))('%s gives a reason, in one sentence without a full stop', (name) => {
  const source = parse(PLAIN);
  const [service] = factsOf(source, DEFAULT_SETTINGS).services;
  if (service === undefined) throw new Error('no service');
  expect(silenceOf(name, { service, source, isStrictOnly: false })?.why).toMatch(/^[^\n]*[^.\s]$/);
});

test('there is none for a rule that there is not', () => {
  const source = parse(PLAIN);
  const [service] = factsOf(source, DEFAULT_SETTINGS).services;
  if (service === undefined) throw new Error('no service');
  expect(silenceOf('no-such-rule', { service, source, isStrictOnly: false })).toBeUndefined();
});

describe('the lock', () => {
  test('held', () => {
    const text = locked('if (this.s) return; this.s = await open();', 'await this.s?.close(); this.s = undefined;');
    expect(silence('require-lifecycle-lock', text)).toBe('kept: both sides hold `this.#lock` over their whole bodies');
    expect(silence('no-partial-lifecycle-lock', text)).toBe('kept: `this.#lock` covers both sides');
    expect(silence('no-shared-lifecycle-lock', text)).toBe('kept: nothing but the lifecycle takes `this.#lock`');
    expect(silence('no-lifecycle-lock-reentry', text)).toBe('kept: nothing under `this.#lock` was seen to wait for it again');
    expect(silence('no-lock-across-run-loop', text)).toBe('not asked: `start()` does not run a loop that stop has to end');
  });

  test('not needed by a kind', () => {
    expect(silence('require-lifecycle-lock', 'class A { async start() { await this.inner.start(); } async stop() { await this.inner.stop(); } }')).toBe('not asked: a delegate service has no state of its own for two calls to spoil');
  });

  test('no two calls collide, and nothing protects them', () => {
    const text = 'class A { start() { this.feed = make(); this.feed.on("data", f); } async stop() { await this.feed.close(); } }';
    expect(silence('require-lifecycle-lock', text)).toBe('kept: `start()` does not wait, so no other call gets into the middle of it');
  });
});

describe('what is begun', () => {
  const TASK = (stop: string): string => `class A { async start() { this.on = true; this.task = this.run().catch(log); } async run() { while (this.on) await step(); } async stop() { this.on = false; ${stop} } }`;

  test('a task that stop waits for', () => {
    expect(silence('no-untracked-background-task', TASK('await this.task;'))).toBe('kept: stop waits for `this.run()` (line 1), and somebody sees it fail');
  });

  test('a timer that stop clears, one whose handle goes elsewhere, and none', () => {
    expect(silence('require-timer-release', 'class A { async start() { this.t = setInterval(f, 9); await a(); } async stop() { clearInterval(this.t); } }')).toBe('kept: stop clears `setInterval(…)` (line 1)');
    expect(silence('require-timer-release', 'class A { async start() { keep(setInterval(f, 9)); await a(); } async stop() { await b(); } }')).toBe('unknown: where the handle of `setInterval(…)` (line 1) goes cannot be followed');
    expect(silence('require-timer-release', PLAIN)).toBe('not asked: it sets no timer');
  });

  test('a change of state outside start and stop, and none', () => {
    expect(silence('no-unlocked-transition', PLAIN)).toBe('kept: only start and stop change whether it runs');
  });
});

describe('the end', () => {
  test('a wait with a deadline, and no wait', () => {
    const text = "import pTimeout from 'p-timeout'; class A { async start() { this.task = this.run(); } async run() { while (this.on) await step(); } async stop() { await pTimeout(this.task, { milliseconds: 9 }); } }";
    expect(silence('require-drain-timeout', text)).toBe('kept: a deadline ends the wait for `this.task` (line 1)');
    expect(silence('require-unrestartable-flag', PLAIN)).toBe('not asked: no wait in stop ends by a deadline, so there is no timeout to remember');
  });

  test('the steps of stop', () => {
    expect(silence('no-skipped-teardown', PLAIN)).toBe('kept: `stop()` has one step that can fail, and nothing behind it');
    expect(silence('no-skipped-teardown', 'class A { async start() { this.on = true; await a(); } stop() { this.on = false; } }')).toBe('not asked: `stop()` has no step that can fail');
  });

  test('disposal', () => {
    expect(silence('require-async-dispose', PLAIN)).toBe('not asked: it has no `[Symbol.asyncDispose]`; `recommended` asks only that one which is there stops the service');
    expect(silence('require-async-dispose', PLAIN.replace(/ \}$/, ' async [Symbol.asyncDispose]() { await this.stop(); } }'))).toBe('kept: `[Symbol.asyncDispose]` calls `stop()`');
    expect(silence('require-async-dispose', PLAIN.replace('class A', 'class A extends Base'))).toBe('unknown: a base class out of sight may have `[Symbol.asyncDispose]`');
  });
});

describe('what need not be in a service', () => {
  test('nothing of the sort in the class', () => {
    expect(silence('require-kill-escalation', PLAIN)).toBe('not asked: nothing in the class was seen to end a child process');
    expect(silence('require-shutdown-latch', `${PLAIN}\nprocess.once('SIGTERM', () => process.exit());`)).toBe('not asked: nothing in the class handles a shutdown signal');
  });

  test('a child process that is waited for and killed', () => {
    const text = dedent`
      import { once } from 'node:events';
      import { spawn } from 'node:child_process';
      class A {
        async start() {
          this.child = spawn('worker');
        }
        async stop() {
          const exited = once(this.child, 'exit');
          this.child.kill('SIGKILL');
          await exited;
        }
      }
    `;
    expect(silence('no-dead-kill-escalation', text)).toBe('kept: no escalation depends on `killed`');
    expect(silence('no-stale-pid-kill', text)).toBe('kept: no signal was seen to go to a pid that may be of another process by now');
  });
});
