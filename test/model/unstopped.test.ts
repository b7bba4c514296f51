import { expect, test } from 'vitest';
import { unstoppedOf } from '../../model/read-unstopped.ts';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import { codeOf, parse, parseAsJavaScript, parseAsTypeScript } from './parse.ts';

const BUS = 'class Bus { async start() { this.socket = await dial(); } async stop() { await this.socket.end(); } async ask() { return this.socket.ask(); } }';

/** What is started and not stopped, with `!` where it runs on in a process that goes on, and what would stop it. */
function unstoppedIn(text: string, source = parse(text)): readonly string[] {
  return unstoppedOf(source).map(
    ({ kind, variable, runsOn, fails, stop, isAsyncDisposable, owner }) =>
      `${kind}${runsOn ? '!' : ''} ${variable} of ${owner}: ${isAsyncDisposable ? 'using' : stop}${fails === undefined ? '' : ` / ${codeOf(text, fails)}`}`,
  );
}

test.each([
  ['if (await bus.ask()) log();', true],
  ['if (!(await bus.ask())) log();', true],
  ['await bus.send(1);', true],
  ['log(`${await bus.ask()}`);', true],
  // The rest it is given to may keep what lives on the bus.
  ['return await bus.ask();', false],
  ['log(await bus.ask());', false],
  ['const session = await bus.ask();', false],
  // Nothing shows that the function is done with it.
  ['', false],
  ['log();', false],
  ['await bus.ask();', false],
  ['log(!bus.isUp);', false],
  // It is at work on its own.
  ['if (await bus.subscribe("x")) log();', false],
  ['if (await bus.ask(() => 1)) log();', false],
  ['bus.on("message", log); if (await bus.ask()) log();', false],
  ['bus.on("error", log); if (await bus.ask()) log();', true],
  ['bus.onclose = log; if (await bus.ask()) log();', false],
  // Others may end it.
  ['if (await bus.ask()) await bus.drain();', false],
  ['if (await bus.ask()) bus.close();', false],
  ['later(() => bus.ask()); if (await bus.ask()) log();', false],
  ['if (await bus.ask()) all.push(bus);', false],
  // It does not come to an end.
  ['while (await bus.ask()) log();', false],
  ['for (;;) if (await bus.ask()) log();', false],
  ['for await (const x of y) if (await bus.ask()) log();', false],
  ['if (await bus.ask()) process.exit();', false],
  // What comes before the start is no sign of an end.
  ['for (const x of y) if (await bus.ask(x)) log();', true],
])('after the start: %s', (rest, isForgotten) => {
  const expected = isForgotten ? ['forgotten! bus of ask: stop'] : [];
  expect(unstoppedIn(`${BUS} async function ask() { const bus = new Bus(); await bus.start(); ${rest} }`)).toEqual(expected);
  expect(unstoppedIn(`${BUS} const api = { async ask(x) { const bus = (new Bus()); await bus!.start(); { ${rest} } } };`)).toEqual(expected);
});

const asks = 'const bus = new Bus(); await bus.start(); if (await bus.ask()) log();';

test.each([
  [`async function ask() { ${asks} }`, ['forgotten! bus of ask: stop']],
  [`const ask = async () => { ${asks} };`, ['forgotten! bus of ask: stop']],
  [`app.get("/", async () => { ${asks} });`, ['forgotten! bus of (module): stop']],
  [`class Api { async ask() { ${asks} } }`, ['forgotten! bus of Api: stop']],
  [`async function ask() { ${asks} } ask();`, ['forgotten bus of ask: stop']],
  [`async function ask() { ${asks} } ask().catch(log);`, ['forgotten! bus of ask: stop']],
  [`it("asks", async () => { ${asks} });`, ['forgotten bus of (module): stop']],
  [asks, []],
  [`async function main() { ${asks} }`, []],
  [`async function startBus() { ${asks} }`, []],
  [`async function ask() { const run = async () => { ${asks} }; await run(); }`, []],
  [`class Api { async onModuleInit() { ${asks} } }`, []],
  [`class Api { async start() { ${asks} } }`, []],
  [`async function* ask() { ${asks} }`, []],
  [`process.on("SIGTERM", log); async function ask() { ${asks} }`, []],
  [`async function ask(Bus) { ${asks} }`, []],
  [`async function ask() { let bus = new Bus(); await bus.start(); if (await bus.ask()) log(); }`, []],
  [`async function ask() { const bus = new Bus(); bus.start(); if (await bus.ask()) log(); }`, []],
  [`async function ask() { const bus = makeBus(); await bus.start(); if (await bus.ask()) log(); }`, []],
  [`async function ask() { const bus = new Bus(); if (await bus.ask()) log(); await bus.start(); }`, []],
])('the function: %s', (code, expected) => {
  expect(unstoppedIn(`${BUS} ${code}`)).toEqual(expected);
});

test.each([
  ['async start() { await dial(); } async stop() { await end(); }', ['forgotten! bus of ask: stop']],
  ['async start() { await dial(); } async stop() { await end(); } async [Symbol.asyncDispose]() { await this.stop(); }', ['forgotten! bus of ask: using']],
  ['constructor(all) { all.add(this); } async start() { await dial(); } async stop() { await end(); }', []],
  ['async start() { await dial(this); } async stop() { await end(); }', []],
  ['async start() { await dial(); signal.addEventListener("abort", () => this.stop()); } async stop() { await end(); }', []],
  ['async start() { await dial(); signal.addEventListener("abort", this.stop); } async stop() { await end(); }', []],
  ['async start() { await dial(); }', []],
  ['start() { dial(); } async stop() { await end(); }', []],
])('the class: %s', (members, expected) => {
  expect(unstoppedIn(`class Bus { ${members} } async function ask() { ${asks} }`)).toEqual(expected);
});

test('a class that only the type checker knows, one with a base, and one that works on its own', () => {
  expect(unstoppedIn(`import { Bus } from "./bus.js"; async function ask() { ${asks} }`)).toEqual([]);
  expect(unstoppedIn(`${BUS.replace('Bus', 'Bus extends Base')} async function ask() { ${asks} }`)).toEqual([]);
  expect(unstoppedIn(`${BUS.replace('Bus', 'Worker')} async function ask() { ${asks.replace('Bus', 'Worker')} }`)).toEqual([]);
});

test.each([
  ['await bus.ready(); return bus;', ['orphaned! bus of createBus: stop / await bus.ready()']],
  ['if (x) throw new Error(); return bus;', ['orphaned! bus of createBus: stop / throw new Error();']],
  ['if (x) return; all.push(bus);', ['orphaned! bus of createBus: stop / return;']],
  ['await migrate(); this.bus = bus;', ['orphaned! bus of createBus: stop / await migrate()']],
  ['await migrate(); await serve(bus);', ['orphaned! bus of createBus: stop / await migrate()']],
  ['return bus;', []],
  ['log(); return bus;', []],
  ['await sleep(5); return bus;', []],
  ['try { await bus.ready(); } catch (error) { log(error); } return bus;', []],
  ['try { await bus.ready(); } catch (error) { await bus.stop(); throw error; } return bus;', []],
  ['all.push(bus); await bus.ready(); return bus;', []],
  ['const close = () => end(bus); await bus.ready(); return { bus, close };', []],
  ['await bus.ready();', []],
])('before it is handed on: %s', (rest, expected) => {
  expect(unstoppedIn(`${BUS} async function createBus(x) { const bus = new Bus(); await bus.start(); ${rest} }`)).toEqual(expected);
  expect(unstoppedIn(`${BUS} async function startBus(x) { const bus = new Bus(); await bus.start(); ${rest} }`)).toEqual([]);
});

test('handed on before the start', () => {
  expect(unstoppedIn(`${BUS} async function createBus() { const bus = new Bus(); all.push(bus); await bus.start(); await bus.ready(); return bus; }`)).toEqual([]);
  expect(unstoppedIn(`${BUS} async function createBus() { const bus = new Bus(); onClose(() => end(bus)); await bus.start(); await bus.ready(); return bus; }`)).toEqual([]);
});

test('two steps of one start, and the pairs of the settings', () => {
  const rig = 'class Rig { async arm() { await this.a.on(); } async disarm() { await this.a.off(); } async ask() { return 1; } }';
  const text = `${rig} async function ask() { const rig = new Rig(); await rig.arm(); if (await rig.ask()) log(); }`;
  expect(unstoppedOf(parse(text))).toEqual([]);
  expect(unstoppedOf(parse(text), { ...DEFAULT_SETTINGS, pairs: [['arm', 'disarm']] }).map(({ stop }) => stop)).toEqual(['disarm']);
  const twice = 'class Bus { async connect() { await dial(); } async open() { await begin(); } async close() { await end(); } async ask() {} }';
  expect(unstoppedIn(`${twice} async function ask() { const bus = new Bus(); await bus.connect(); await bus.open(); if (await bus.ask()) log(); }`)).toHaveLength(1);
});

test('parsers agree', () => {
  const text = `${BUS} async function ask() { const bus = new Bus(); await (bus).start(); if (await (bus?.ask())) log(); }`;
  const expected = ['forgotten! bus of ask: stop'];
  expect(unstoppedIn(text)).toEqual(expected);
  expect(unstoppedIn(text, parseAsTypeScript(text))).toEqual(expected);
  expect(unstoppedIn(text, parseAsJavaScript(text))).toEqual(expected);
});

test('is read once, and frozen', () => {
  const source = parse(`${BUS} async function ask() { ${asks} }`);
  const found = unstoppedOf(source);
  expect(unstoppedOf(source)).toBe(found);
  expect(Object.isFrozen(found) && found.every((one) => Object.isFrozen(one))).toBe(true);
});
