import { expect, test } from 'vitest';
import { localTimersOf } from '../../model/ledger/local-timers.ts';
import { taskGapsOf } from '../../model/ledger/task-gaps.ts';
import { timerGapsOf } from '../../model/ledger/timer-gaps.ts';
import { servicesOf } from '../../model/services-of.ts';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import { tasksIn } from './ledger-of.ts';
import { parse } from './parse.ts';

function ledgerOf(members: string) {
  const [service] = servicesOf(parse(`class A { ${members} }`), DEFAULT_SETTINGS);
  if (service === undefined) throw new Error('no service');
  return service.ledger;
}

/** The gaps of each timer, as hazards and as everything. */
function timerGapsIn(members: string): readonly (readonly string[])[] {
  return ledgerOf(members).timers.flatMap((timer) => [timerGapsOf(timer, false), timerGapsOf(timer, true)]);
}

test('of a timer, what does harm for sure and what only may', () => {
  expect(timerGapsIn('async start() { await a(); setInterval(() => this.poll(), 5); } async stop() { await b(); }')).toEqual([['unreleased'], ['unreleased']]);
  expect(timerGapsIn('async start() { await a(); setTimeout(() => this.log(), 5); } async stop() { await b(); }')).toEqual([[], ['unreleased']]);
  expect(timerGapsIn('async start() { await a(); this.ping = setInterval(() => this.send(), 5); } async stop() { await b(); clearInterval(this.ping); }')).toEqual([[], ['skipped', 'keepsAlive']]);
});

test('of a task, whether it goes on after stop and whether nobody sees it fail', () => {
  const [task] = ledgerOf('async start() { await a(); this.#run(); } async stop() { await b(); } async #run() { await c(); await d(); }').tasks;
  expect(task === undefined ? undefined : taskGapsOf(task, false)).toEqual({ isLost: true, isUnseen: true });
});

test('whether stop waits for something that a timer does', () => {
  const feeds = (stop: string): readonly boolean[] =>
    ledgerOf(`async start() { await a(); this.t = setInterval(() => this.#flush(), 5); } async stop() { ${stop} } #flush() { this.left = 0; }`).timers.map((timer) => timer.feeds);
  expect(feeds('while (this.left > 0) await tick();')).toEqual([true]);
  expect(feeds('clearInterval(this.t); await this.server.close();')).toEqual([false]);
});

test('a stop that is begun in the background is not asked to wait for itself', () => {
  expect(tasksIn("class A { async start() { await a(); this.t = setTimeout(() => { this.stop(); }, 5); } async stop() { clearTimeout(this.t); await b(); await c(); } }")).toEqual([
    'this.stop() from timer nowhere, joined unknown, observed no',
  ]);
});

test('who begins a promise and waits for it too, or gives it back, sees it fail', () => {
  const observed = (rest: string): readonly string[] => tasksIn(`class A { async start() { await a(); this.p = this.#run(); ${rest} } async stop() { await this.p; } async #run() { await c(); await d(); } }`);
  expect(observed('')).toEqual(['this.#run() from start in field p, joined yes, observed no']);
  expect(observed('await this.p;')).toEqual(['this.#run() from start in field p, joined yes, observed unknown']);
  expect(observed('return this.p;')).toEqual(['this.#run() from start in field p, joined yes, observed unknown']);
});

test('every event that settles a promise without clearing its timer', () => {
  const { program, text } = parse(
    "new Promise((resolve, reject) => { const t = setTimeout(() => reject(new Error('late')), 5); s.once('a', () => { clearTimeout(t); resolve(); }); s.once('b', reject); s.once('c', (e) => { reject(e); }); });",
  );
  expect(localTimersOf(program).map(({ gaps }) => gaps.map(({ range: [start, end] }) => text.slice(start, end + 3)))).toEqual([['reject); ', 'reject(e)']]);
});
