import { expect, test } from 'vitest';
import { killsOf } from '../../model/read-kills.ts';
import { killedIn } from './kills-in.ts';
import { codeOf, parse } from './parse.ts';

test.each([
  ["import { spawn } from 'node:child_process'; const c = spawn('x');", 'c'],
  ["import { spawn as start } from 'child_process'; let c; function f() { c = start('x'); }", 'c'],
  ["import cp from 'node:child_process'; const c = cp.fork('x.js');", 'c'],
  ["import * as cp from 'child_process'; const c = cp.execFile('x');", 'c'],
  ["import cp = require('child_process'); const c = cp.exec('x');", 'c'],
  ["const { spawn: go } = require('child_process'); const c = go('x');", 'c'],
  ["const c = require('node:child_process').spawn('x');", 'c'],
  ["async function f() { const { spawn } = await import('node:child_process'); const c = spawn('x'); c.kill(); }", undefined],
  ["import spawn from 'cross-spawn'; const c = spawn('x');", 'c'],
  ["import { execa } from 'execa'; const c = execa('x');", 'c'],
  ["import { spawn } from 'child_process'; const c = ok ? spawn('x') : null;", 'c'],
  ["import { spawn } from 'child_process'; function make() { const c = spawn('x'); log(c.pid); return c; } const d = make();", 'd'],
  ["import { spawn } from 'child_process'; const all = []; all.push(spawn('x')); for (const c of all)", 'c'],
  ["import { spawn } from 'child_process'; const all = new Map(); all.set('x', spawn('x')); const c = all.get('x');", 'c'],
  ["import type { ChildProcess } from 'child_process'; declare const c: ChildProcess | undefined;", 'c'],
  ["import type cp from 'child_process'; declare const c: cp.ChildProcessWithoutNullStreams;", 'c'],
  ["import { spawn } from 'child_process'; declare const c: ReturnType<typeof spawn>;", 'c'],
  ["import type { ChildProcess } from 'child_process'; declare const all: Set<ChildProcess>; for (const c of [...all])", 'c'],
  ["import type { ChildProcess } from 'child_process'; const all = new Map<string, ChildProcess>(); for (const [, c] of all)", 'c'],
  ["import type { ChildProcess } from 'child_process'; interface S { child: ChildProcess } declare const s: S;", 's.child'],
  ["import type { ChildProcess } from 'child_process'; declare const all: Record<string, ChildProcess>;", 'all[name]'],
])('a child process for sure: %s', (made, child) => {
  const text = child === undefined ? made : `${made} ${child}.kill();`;
  expect(killedIn(text)).toEqual([`${child ?? 'c'}.kill()`]);
});

test.each([
  ['const c = spawn(1);'],
  ["import { spawn } from './spawn.js'; const c = spawn('x');"],
  ["import { spawn } from 'child_process'; function f(spawn) { const c = spawn('x'); c.kill(); }"],
  ["import cluster from 'cluster'; const c = cluster.fork();"],
  ["import { Worker } from 'worker_threads'; import { fork } from 'child_process'; const c = threads ? new Worker('x') : fork('x');"],
  ["import type { ChildProcess } from 'child_process'; declare const c: ChildProcess | Worker;"],
  ["import type { ChildProcess } from './mocks.ts'; declare const c: ChildProcess;"],
  ["import { spawn } from 'bun'; const c = spawn(['x']);"],
  ["import { spawn } from 'child_process'; const c = wrap(spawn('x'));"],
  ["import { spawn } from 'child_process'; const c = spawn('x').stdout;"],
  ["import { spawnSync } from 'child_process'; const c = spawnSync('x');"],
])('no child process, or not for sure: %s', (made) => {
  expect(killedIn(`${made} c.kill();`)).toEqual([]);
});

test('in a class: fields, locals of fields, parameters, destructured', () => {
  const text = `
    import { spawn, type ChildProcess } from 'child_process';
    class A {
      #a = spawn('a');
      b?: ChildProcess;
      constructor(private readonly c: ChildProcess) {}
      stop() {
        this.#a.kill();
        const b = this.b; b?.kill();
        const { c } = this; c.kill();
        this.other.kill();
        end(this.b!);
      }
    }
    function end(child) { child.kill(2); }
  `;
  expect(killedIn(text)).toEqual(['this.#a.kill()', 'b?.kill()', 'c.kill()', 'child.kill(2)']);
});

test('fields of two classes are two', () => {
  const text = `
    import { spawn } from 'child_process';
    class A { start() { this.child = spawn('a'); } stop() { this.child.kill(); } }
    class B { start() { this.child = new Enemy(); } stop() { this.child.kill(); } }
  `;
  expect(killsOf(parse(text).program).kills.map(({ owner }) => owner)).toEqual(['A']);
});

test('where the child is made, and who ends it', () => {
  const text = `
    import { spawn } from 'child_process';
    let child;
    export function start() { child = spawn('a'); }
    export const stop = async () => { child.kill('SIGINT'); };
  `;
  const [kill] = killsOf(parse(text).program).kills;
  expect(kill).toMatchObject({ name: 'child', signal: 'SIGINT', owner: 'stop' });
  expect([codeOf(text, kill?.spawn?.node), codeOf(text, kill?.spawn?.kept)]).toEqual(["spawn('a')", "child = spawn('a')"]);
});

test('is read once, and frozen', () => {
  const { program } = parse("import { spawn } from 'child_process'; const c = spawn('x'); c.kill();");
  const facts = killsOf(program);
  expect(killsOf(program)).toBe(facts);
  expect([facts, facts.kills, ...facts.kills, facts.dead, facts.stale].every((each) => Object.isFrozen(each))).toBe(true);
});
