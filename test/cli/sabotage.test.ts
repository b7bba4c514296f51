import { expect, test } from 'vitest';
import { defaultEngine } from '../../cli/default-engine.ts';
import type { Engine } from '../../cli/engine.ts';
import type { Codemod } from '../../codemods/codemod.ts';
import type { Change, Outcome } from '../../edits/outcome.ts';
import { servicesOf } from '../../model/services-of.ts';
import { makeRepository, run } from './project.ts';

const FEED = `export class Feed {
  async start() {
    if (this.server) return;
    this.server = await listen();
  }
  async stop() {
    await this.server.close();
    this.server = undefined;
  }
  async [Symbol.asyncDispose]() {
    await this.stop();
  }
}
`;

/** The usual engine with one codemod, which says that it mends the lock and does something else. */
function sabotaged(changesOf: (text: string) => readonly Change[], mends = ['require-lifecycle-lock']): Engine {
  const codemod: Codemod = {
    name: 'sabotage',
    description: 'Breaks things',
    mends,
    isDefault: true,
    plan: (source) =>
      servicesOf(source).map(({ name, node }) => {
        const outcome: Outcome = { kind: 'edit', changes: changesOf(source.text), safety: 'review', added: 'a fault', needs: [] };
        return { name, node, outcome };
      }),
  };
  return { ...defaultEngine, codemods: [codemod] };
}

function replace(text: string, from: string, to: string): Change {
  const start = text.indexOf(from);
  return { start, end: start + from.length, text: to };
}

function insert(text: string, before: string, added: string): Change {
  const start = text.indexOf(before);
  return { start, end: start, text: added };
}

const MUTEX = "import { Mutex } from 'async-mutex';\n";

test.each<[string, (text: string) => readonly Change[], string, string[]?]>([
  ['does not parse', (text) => [insert(text, 'async stop', 'async (')], 'its result does not parse ('],
  ['declares a name twice', (text) => [insert(text, 'export', 'const Feed = 1;\n')], 'its result does not parse ('],
  ['mends nothing', (text) => [insert(text, 'export', '// done\n')], 'a second run would change it again'],
  ['brings what another rule reports', (text) => [insert(text, '    this.server = await', '    setInterval(() => this.poll(), 50);\n')], 'a second run would change it again'],
  ['makes the class no service any more', (text) => [replace(text, 'async start()', 'async begin()')], 'it would change which classes are services'],
])('a codemod whose result %s leaves the file as it was, with the reason', async (_, changesOf, reason, mends) => {
  const { root, read } = makeRepository({ 'a.js': FEED });
  const { exitCode, stdout } = await run(root, ['.'], sabotaged(changesOf, mends));
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`Left for you\n  a.js:1:8  Feed: the edit did not hold: ${reason}`);
  expect(stdout).toContain('1 left for you.');
  expect(read('a.js')).toBe(FEED);
});

/** Plans only once, so that what a second run would do does not come in between. */
function plannedOnce(engine: Engine): Engine {
  const [codemod] = engine.codemods;
  if (codemod === undefined) return engine;
  const once: Codemod = { ...codemod, plan: (source, options) => (source.text === FEED ? codemod.plan(source, options) : []) };
  return { ...engine, codemods: [once] };
}

test.each<[string, (text: string) => readonly Change[], string]>([
  ['leaves the report that it should mend', (text) => [insert(text, 'export', MUTEX)], 'require-lifecycle-lock would still report it'],
])('a codemod that plans nothing more and %s leaves the file as it was, with the reason', async (_, changesOf, reason) => {
  const { root, read } = makeRepository({ 'a.js': FEED });
  const { stdout } = await run(root, ['.'], plannedOnce(sabotaged(changesOf)));
  expect(stdout).toContain(`Feed: the edit did not hold: ${reason}`);
  expect(read('a.js')).toBe(FEED);
});

test('a codemod whose result another rule reports leaves the file as it was, with the reason', async () => {
  const { root, read } = makeRepository({ 'a.js': FEED });
  const timer = (text: string): readonly Change[] => [insert(text, '    this.server = await', '    setInterval(() => poll(), 50);\n')];
  const { stdout } = await run(root, ['.'], plannedOnce(sabotaged(timer, [])));
  expect(stdout).toContain('Feed: the edit did not hold: require-timer-release would report its result');
  expect(read('a.js')).toBe(FEED);
});

test('a codemod whose changes overlap has a fault, and the file stays', async () => {
  const { root, read } = makeRepository({ 'a.js': FEED, 'b.js': 'export const one = 1;\n' });
  const overlap = (text: string): readonly Change[] => [replace(text, 'async stop()', 'async halt()'), replace(text, 'stop() {', 'end() {')];
  const { exitCode, stdout } = await run(root, ['.'], sabotaged(overlap));
  expect(exitCode).toBe(2);
  expect(stdout).toContain('Failed\n  a.js  lifecycle-codemod has a fault, please report it with this file: changes overlap at ');
  expect(read('a.js')).toBe(FEED);
});

test('a codemod that throws has a fault, and the file stays', async () => {
  const { root, read } = makeRepository({ 'a.js': FEED });
  const { exitCode, stdout } = await run(root, ['.'], sabotaged(() => { throw new RangeError('out of luck'); }));
  expect(exitCode).toBe(2);
  expect(stdout).toContain('a.js  lifecycle-codemod has a fault, please report it with this file: out of luck');
  expect(read('a.js')).toBe(FEED);
});

test('of two classes, the one whose edit holds is mended all the same', async () => {
  const other = FEED.replace('Feed', 'Other');
  const { root, read } = makeRepository({ 'a.js': FEED + other });
  const lock = defaultEngine.codemods.find(({ name }) => name === 'add-lifecycle-lock');
  if (lock === undefined) throw new Error('there is no such codemod');
  const half: Codemod = {
    ...lock,
    plan: (source, options) =>
      lock.plan(source, options).map((plan) => {
        if (plan.name !== 'Feed' || plan.outcome.kind !== 'edit') return plan;
        return { ...plan, outcome: { ...plan.outcome, changes: [...plan.outcome.changes, insert(source.text, 'async start', '@@')] } };
      }),
  };
  const { exitCode, stdout } = await run(root, ['.'], { ...defaultEngine, codemods: [half] });
  expect(exitCode).toBe(1);
  expect(stdout).toContain('Left for you\n  a.js:1:8  Feed: the edit did not hold: its result does not parse (');
  expect(stdout).toContain('Added\n  a.js:14  Other: ');
  expect(read('a.js')).toContain(FEED);
  expect(read('a.js')).toContain('runExclusive');
});
