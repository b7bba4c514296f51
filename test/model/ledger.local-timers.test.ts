import { expect, test } from 'vitest';
import { localTimersOf } from '../../model/ledger/local-timers.ts';
import { codeOf, parse } from './parse.ts';

function gapsIn(text: string): readonly string[] {
  return localTimersOf(parse(text).program).map(({ kind, gap }) => `${kind}: ${codeOf(text, gap)}`);
}

test.each([
  ['await send(); clearInterval(t);', ['interval: await send()']],
  ['for await (const x of y) write(x); clearInterval(t);', ['interval: for await (const x of y) write(x);']],
  ['try { await send(); } finally { log(); } clearInterval(t);', ['interval: await send()']],
  ['try { await send(); } finally { clearInterval(t); }', []],
  ['try { await send(); clearInterval(t); } catch (e) { clearInterval(t); throw e; }', []],
  ['try { await send(); } catch (e) { log(e); } clearInterval(t);', []],
  ['send(); clearInterval(t);', []],
  ['clearInterval(t); await send();', []],
  ['await sleep(5); clearInterval(t);', []],
  ['await send();', []],
  ["request.on('close', () => clearInterval(t)); await send();", []],
  ['timers.push(t); await send(); clearInterval(t);', []],
  ['await send(); clearInterval(t); return t;', []],
  ['t.unref(); await send(); if (t) clearInterval(t);', ['interval: await send()']],
])('an interval of a function: %s', (rest, expected) => {
  expect(gapsIn(`async function handle(request) { const t = setInterval(ping, 5); ${rest} }`)).toEqual(expected);
  expect(gapsIn(`const handle = async (request) => { const t = setInterval(ping, 5).unref(); ${rest} };`)).toEqual(expected);
});

test('an interval of a generator, which its reader may break off', () => {
  expect(gapsIn('async function* lines() { const t = setInterval(ping, 5); yield 1; clearInterval(t); }')).toEqual(['interval: yield 1']);
  expect(gapsIn('async function* lines() { const t = setInterval(ping, 5); try { yield 1; } finally { clearInterval(t); } }')).toEqual([]);
});

test.each([
  ["socket.once('open', () => { clearTimeout(t); resolve(); }); socket.once('error', reject);", ['deadline: reject']],
  ["socket.once('open', () => { clearTimeout(t); resolve(); }); socket.once('error', (e) => { reject(e); });", ['deadline: reject']],
  ["socket.once('open', () => { clearTimeout(t); resolve(); }); socket.once('error', (e) => { clearTimeout(t); reject(e); });", []],
  ["const end = (f) => (x) => { clearTimeout(t); f(x); }; socket.once('open', end(resolve)); socket.once('error', end(reject));", []],
  ["const done = () => { clearTimeout(t); resolve(); }; socket.once('open', done); socket.once('error', reject);", ['deadline: reject']],
  ["const clean = () => clearTimeout(t); socket.once('open', () => { clean(); resolve(); }); socket.once('error', (e) => { clean(); reject(e); });", []],
  ["socket.once('open', resolve); socket.once('error', reject);", []],
  ["socket.once('open', () => { clearTimeout(t); resolve(); }); this.timer = t; socket.once('error', reject);", []],
])('the deadline of a promise: %s', (rest, expected) => {
  expect(gapsIn(`function open(socket) { return new Promise((resolve, reject) => { const t = setTimeout(() => reject(new Error('late')), 5); ${rest} }); }`)).toEqual(expected);
});

test('not a deadline: a timer that settles nothing, or of a function that is no executor', () => {
  expect(gapsIn("new Promise((resolve, reject) => { const t = setTimeout(log, 5); s.once('a', () => { clearTimeout(t); resolve(); }); s.once('b', reject); });")).toEqual([]);
  expect(gapsIn("function open(resolve, reject) { const t = setTimeout(reject, 5); s.once('a', () => { clearTimeout(t); resolve(); }); s.once('b', reject); }")).toEqual([]);
});

test('an interval that a block releases by itself', () => {
  expect(gapsIn('async function handle() { using t = setInterval(ping, 5); await send(); clearInterval(t); }')).toEqual([]);
});
