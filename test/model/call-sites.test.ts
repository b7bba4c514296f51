import { expect, test } from 'vitest';
import { startedHereOf } from '../../model/read-call-sites.ts';
import { codeOf, parse, parseAsJavaScript, parseAsTypeScript } from './parse.ts';

/** What is not surely stopped, with `!` where it runs on in a process that goes on, and what may fail first. */
function sitesIn(text: string): readonly string[] {
  return startedHereOf(parse(text)).map(
    ({ kind, variable, runsOn, fails }) => `${kind}${runsOn ? '!' : ''} ${variable}${fails === undefined ? '' : ` / ${codeOf(text, fails)}`}`,
  );
}

test.each([
  ['await send();', ['skipped! bus / await send()']],
  ['if (a) throw new Error();', ['skipped! bus / throw new Error();']],
  ['for await (const x of bus.read()) log(x);', ['skipped! bus / for await (const x of bus.read()) log(x);']],
  ['send();', []],
  ['await ready;', []],
  ['await delay(5);', []],
  ['await send().catch(log);', []],
  ['await Promise.allSettled(all);', []],
  ['await Promise.all(all);', ['skipped! bus / await Promise.all(all)']],
  ['await new Promise((r) => { setTimeout(r, 5); });', []],
  ['await new Promise((resolve) => { if (bus.isUp) resolve(); else bus.once("up", () => resolve()); });', []],
  ['await new Promise((resolve) => { if (bus.isDown) throw new Error(); bus.once("up", resolve); });', ['skipped! bus / await new Promise((resolve) => { if (bus.isDown) throw new Error(); bus.once("up", resolve); })']],
  ['await new Promise(run);', ['skipped! bus / await new Promise(run)']],
  ['await new Promise((resolve, reject) => { bus.once("error", reject); });', ['skipped! bus / await new Promise((resolve, reject) => { bus.once("error", reject); })']],
  ['try { await send(); } catch (e) { log(e); }', []],
  ['try { await send(); } catch (e) { throw e; }', ['skipped! bus / throw e;']],
  ['try { await send(); } finally { log(); }', ['skipped! bus / await send()']],
  ['expect(bus.size).toBe(1);', ['skipped bus / expect(bus.size).toBe(1)']],
  ['assert.equal(bus.size, 1); await send();', ['skipped! bus / await send()']],
  ['bus.on("x", async () => { await send(); });', []],
  ['await send(bus);', []],
  ['await send(bus.url);', ['skipped! bus / await send(bus.url)']],
  ['{ await bus.stop(); return; }', []],
])('between start and stop: %s', (between, expected) => {
  expect(sitesIn(`async function f() { const bus = new Bus(); await bus.start(); ${between} await bus.stop(); }`)).toEqual(expected);
  expect(sitesIn(`const f = { g: async () => { const bus = createBus(); await bus!.start(); ${between} await bus?.stop(); } };`)).toEqual(expected);
});

test.each([
  ['f();', false],
  ['await f();', false],
  ['void f();', false],
  ['f().catch(die);', false],
  ['f().then(log, (e) => process.exit(1));', false],
  ['f().catch(() => process.exit(1)).finally(log);', false],
  ['if (require.main === module) f();', false],
  ['try { await f(); } catch { process.exit(1); }', false],
  ['try { await f(); } catch (e) { log(e); }', true],
  ['f().catch(log);', true],
  ['f().then(log, log);', true],
  ['on("x", () => f());', true],
  ['', true],
])('who calls it: %s', (call, runsOn) => {
  expect(sitesIn(`async function f() { const bus = new Bus(); await bus.start(); await send(); await bus.stop(); } ${call}`)).toEqual([
    `skipped${runsOn ? '!' : ''} bus / await send()`,
  ]);
});

test.each(['it', 'test', 'it.only', 'test.skipIf(x)', 't.test', 'describe', 'beforeEach', 'program.command(x).action'])('in a test or a command: %s', (name) => {
  const body = 'const bus = new Bus(); await bus.start(); await send(); await bus.stop();';
  expect(sitesIn(`${name}('x', async () => { ${body} });`)).toEqual(['skipped bus / await send()']);
  expect(sitesIn(`${name}('x', () => { const f = async () => { ${body} }; });`)).toEqual(['skipped bus / await send()']);
});

test('two steps of one start', () => {
  expect(sitesIn('async function f() { const bus = new Bus(); await bus.connect(); await bus.start(); await send(); await bus.stop(); }')).toEqual([
    'skipped! bus / await bus.start()',
  ]);
});

test('two that start together, and stop together', () => {
  const made = 'const a = new Bus(); const b = new Bus();';
  expect(sitesIn(`async function f() { ${made} await Promise.all([a.start(), b.start()]); await Promise.all([a.stop(), b.stop()]); }`)).toEqual([
    'skipped a / a.start()',
    'skipped b / b.start()',
  ]);
  expect(sitesIn(`async function f() { ${made} await Promise.all([a.start(), b.start()]); await send(); await Promise.allSettled([b.stop(), a.stop()]); }`)).toEqual([
    'skipped! a / await send()',
    'skipped! b / await send()',
  ]);
  expect(sitesIn(`async function f() { ${made} await Promise.all([a.start(), b.start()]); await Promise.all(stops); }`)).toEqual([]);
});

test('parsers agree', () => {
  const text = 'async function f() { const bus = new Bus(); await (bus).start(); await (send()); await (bus?.stop()); }';
  const read = (source: Parameters<typeof startedHereOf>[0]): readonly string[] => startedHereOf(source).map(({ kind, node }) => `${kind} ${codeOf(text, node)}`);
  expect(read(parse(text))).toEqual(['skipped (bus).start()']);
  expect(read(parseAsTypeScript(text))).toEqual(['skipped (bus).start()']);
  expect(read(parseAsJavaScript(text))).toEqual(['skipped (bus).start()']);
});
