import { expect, test } from 'vitest';
import { finalizersOf } from '../../model/read-finalizers.ts';
import { codeOf, parse, parseAsJavaScript, parseAsTypeScript } from './parse.ts';

/** What is left to `exit` or the collector, with `!` where it surely is, `?` where it may be over at once, `=` where it is a last resort. */
function finalizersIn(text: string): readonly string[] {
  return finalizersOf(parse(text).program).map(
    ({ kind, node, lost, isSure, isBackstop }) => `${kind}${isSure ? '!' : '?'}${isBackstop ? '=' : ''} ${codeOf(text, node)}${lost === undefined ? '' : ` / ${codeOf(text, lost)}`}`,
  );
}

test.each([
  ['await db.end();', ['exit! await db.end()']],
  ['await send();', ['exit? await send()']],
  ['await send(); console.log("sent"); process.exit();', ['exit? await send()']],
  ['await send(); clear();', ['exit! await send() / clear();']],
  ['if (a) { await send(); return; } clear();', ['exit? await send()']],
  ['if (a) { await send(); } clear();', ['exit! await send() / clear();']],
  ['try { await send(); } catch (e) { report(e); }', ['exit? await send()']],
  ['try { await send(); } finally { clear(); }', ['exit! await send() / { clear(); }']],
  ['return await send();', ['exit? await send()']],
  ['await send(); await db.end();', ['exit! await send() / await db.end();']],
  ['if (a) await send(); else await db.end();', ['exit! await db.end()']],
  ['await Promise.all(services.map((one) => one.stop()));', ['exit! await Promise.all(services.map((one) => one.stop()))']],
  ['await Promise.all([a.stop(), b.stop()]);', ['exit! await Promise.all([a.stop(), b.stop()])']],
  ['send().then(clear); send().catch(log);', []],
  ['send().then(() => clear());', ['exit! send() / () => clear()']],
  ['db.end().catch(log);', ['exit! db.end()']],
  ['db.end().catch(log).then(() => process.exit(1));', ['exit! db.end()']],
  ['db.end(); server.close();', []],
  ['register(async () => { await db.end(); });', []],
  ['setTimeout(() => process.exit(1), 5);', []],
  ['setImmediate(() => { clear(); });', ['late! setImmediate(() => { clear(); })']],
])('an exit listener: %s', (body, expected) => {
  expect(finalizersIn(`process.on('exit', async () => { ${body} });`)).toEqual(expected);
  expect(finalizersIn(`globalThis.process.once("exit", async function () { ${body} });`)).toEqual(expected);
});

test('functions are followed through each other, but not for ever', () => {
  expect(finalizersIn("process.on('exit', () => a()); const a = () => b(); function b() { return c(); } async function c() { await db.end(); }")).toEqual(['exit! a()']);
  expect(finalizersIn("process.on('exit', () => a()); function a() { a(); }")).toEqual([]);
  expect(finalizersIn("process.on('exit', () => { stop().catch(log); }); async function stop() { child.kill(); }")).toEqual([]);
  expect(finalizersIn("process.on('exit', () => { stop().catch(log); }); async function stop() { await db.end(); }")).toEqual(['exit! stop()']);
});

test('a timer is late where nobody else sets it', () => {
  const stop = "function stop() { child.kill(); setTimeout(() => child.kill('SIGKILL'), 5); }";
  expect(finalizersIn(`process.on('exit', () => stop()); ${stop}`)).toEqual(['late! stop()']);
  expect(finalizersIn(`process.on('exit', () => stop()); process.on('SIGTERM', () => { stop(); }); ${stop}`)).toEqual(['late!= stop()']);
  expect(finalizersIn("process.on('exit', () => { setTimeout(() => clear(), 5); }); setTimeout(() => ping(), 5);")).toEqual(['late! setTimeout(() => clear(), 5)']);
});

test('whose process it is', () => {
  const listener = "process.on('exit', async () => { await db.end(); });";
  expect(finalizersIn(`import process from 'node:process'; ${listener}`)).toHaveLength(1);
  expect(finalizersIn(`const process = require('process'); ${listener}`)).toHaveLength(1);
  expect(finalizersIn(`import { process } from './runner.js'; ${listener}`)).toEqual([]);
  expect(finalizersIn(`const process = spawn('x'); ${listener}`)).toEqual([]);
  expect(finalizersIn(`function watch({ process }) { ${listener} }`)).toEqual([]);
});

test('a function that two listeners run is told once', () => {
  expect(finalizersIn("process.on('exit', end); process.once('exit', end); async function end() { await db.end(); }")).toEqual(['exit! await db.end()']);
});

test.each([
  ['(held) => { held.stop(); }', ['collected? held.stop()']],
  ['async (held) => { await held.stop(); }', ['collected! held.stop()']],
  ['(child: ChildProcess) => { child.kill(); }', ['collected! child.kill()']],
  ['(server: http.Server) => { server.close(); }', ['collected! server.close()']],
  ['(held) => held[Symbol.asyncDispose]().then(undefined, log)', ['collected! held[Symbol.asyncDispose]()']],
  ['(span) => span.end()', []],
  ['({ stop }) => stop()', []],
  ['() => { later.push(() => held.stop()); }', []],
])('a registry: %s', (callback, expected) => {
  expect(finalizersIn(`new FinalizationRegistry(${callback});`)).toEqual(expected);
  expect(finalizersIn(`const callback = ${callback}; new FinalizationRegistry(callback);`)).toEqual(expected);
  expect(finalizersIn(`const r = new FinalizationRegistry(${callback}); r.unregister(x);`)).toEqual(expected.map((one) => one.replace(/[!?]/, '$&=')));
});

test.each(['!ref.deref()', 'ref.deref() === undefined', 'owner == null', '!owner'])('a weak reference that is found dead: %s', (dead) => {
  expect(finalizersIn(`const owner = ref.deref(); if (${dead}) { server.close(); }`)).toEqual(['collected? server.close()']);
  expect(finalizersIn(`const owner = ref.deref(); if (${dead}) { clearInterval(timer); }`)).toEqual([]);
});

test('one that is alive, and other tests', () => {
  expect(finalizersIn('const owner = ref.deref(); if (owner) { owner.close(); } if (!ready) { server.close(); } ref.deref()?.stop();')).toEqual([]);
});

test('parsers agree', () => {
  const text = "process.on('exit', async () => { (await db?.end()); });\nnew FinalizationRegistry((held) => (held.close)().catch(log));";
  const read = (program: Parameters<typeof finalizersOf>[0]): readonly string[] => finalizersOf(program).map(({ kind, node }) => `${kind} ${codeOf(text, node)}`);
  expect(read(parseAsTypeScript(text).program)).toEqual(['exit await db?.end()', 'collected (held.close)()']);
  expect(read(parseAsJavaScript(text).program)).toEqual(['exit await db?.end()', 'collected (held.close)()']);
  expect(read(parse(text).program)).toEqual(['exit await db?.end()', 'collected (held.close)()']);
});
