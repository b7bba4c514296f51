import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../cli/cli-error.ts';
import { defaultEngine } from '../../cli/default-engine.ts';
import type { Explanation } from '../../cli/explain/explanation.ts';
import { EXPLAIN_SCHEMA } from '../../cli/explain/explanation-json.ts';
import type { JsonReport } from '../../cli/reports/report-json.ts';
import { rules } from '../../rules/index.ts';
import { type CliRun, makeProject, run } from './project.ts';

const ROOT = join(import.meta.dirname, '../..');
const schema = JSON.parse(readFileSync(join(ROOT, 'schemas/lifecycle-explain.schema.json'), 'utf8')) as { readonly $id: string };

/** As published it lets later versions add properties; here each has to be described. */
const closed: unknown = JSON.parse(JSON.stringify(schema), (_, value: unknown) =>
  typeof value === 'object' && value !== null && 'properties' in value ? { ...value, additionalProperties: false } : value,
);
const isDescribed = new Ajv.default().compile(closed as object);

const explain = (cwd: string, ...argv: readonly string[]): Promise<CliRun> => run(cwd, ['explain', ...argv], defaultEngine);

async function services(cwd: string, ...argv: readonly string[]): Promise<readonly Explanation[]> {
  const { stdout, exitCode } = await explain(cwd, '--format', 'json', ...argv);
  const document = JSON.parse(stdout) as { readonly $schema: string; readonly services: readonly Explanation[] };
  isDescribed(document);
  expect(isDescribed.errors ?? []).toEqual([]);
  expect([exitCode, document.$schema]).toEqual([EXIT.done, EXPLAIN_SCHEMA]);
  return document.services;
}

const one = async (name: string): Promise<Explanation> => {
  const [first] = await services(ROOT, `fixtures/services/${name}`);
  if (first === undefined) throw new Error(`no service in ${name}`);
  return first;
};

test('the schema is published under the name that the documents give', () => {
  expect(schema.$id).toBe(EXPLAIN_SCHEMA);
});

test('every service of the fixtures is described by the schema, and has a verdict of every rule with a reason', async () => {
  const names = rules.map(({ name }) => name);
  const explained: Explanation[] = [];
  for (const folder of readdirSync(join(ROOT, 'fixtures/services'), { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    for (const file of ['before.ts', 'after.ts']) {
      const path = `fixtures/services/${folder.name}/${file}`;
      const { stderr } = await explain(ROOT, path);
      if (stderr === '') explained.push(...(await services(ROOT, path)));
      else expect(stderr).toContain(`${path} holds no `);
    }
  }
  expect(explained.length).toBeGreaterThan(40);
  for (const service of explained) {
    expect(service.verdicts.map(({ rule }) => rule)).toEqual(names);
    const opinions = service.verdicts.flatMap(({ recommended, strict }) => [recommended, strict]);
    expect(opinions.filter(({ outcome, why, reports }) => (outcome === 'reported') !== (reports.length > 0) || (outcome === 'reported') !== (why === ''))).toEqual([]);
  }
});

describe('what it knows of a service', () => {
  test('the sides, the lock and who else takes it', async () => {
    const { kind, start, stop, lock } = await one('task-engine/before.ts');
    expect({ kind, start: start.main, stop: stop.main }).toEqual({ kind: 'background', start: 'start', stop: 'stop' });
    expect(lock).toMatchObject({ start: 'yes', stop: 'yes', lifecycle: { key: '#mutex', library: 'async-mutex', line: 28 }, hotUses: [{ method: 'submit', line: 70 }] });
    expect(lock.holds.map(({ method, form, covers, line }) => [method, form, covers, line])).toEqual([['start', 'callback', 'yes', 44], ['stop', 'callback', 'yes', 55]]);
  });

  test('the state, what is acquired and how it ends', async () => {
    const { flags, ledger, drains, restart } = await one('task-engine/before.ts');
    expect(flags[0]).toMatchObject({ field: '#worker', start: { tests: [{ line: 45 }], writes: [{ line: 47 }] }, stop: { tests: [{ line: 56 }], writes: [{ line: 61 }] } });
    expect(ledger.map(({ kind, keptAs, released, line }) => [kind, keptAs, released, line])).toEqual([['abort', '#abort', 'yes', 46], ['task', '#worker', 'yes', 47]]);
    expect(drains).toMatchObject([{ name: 'this.#worker', bounded: 'yes', deadline: { line: 59, error: 'TimeoutError' } }]);
    expect(restart).toMatchObject({ refusedAfterTimeout: 'no', gap: { kind: 'no-flag', line: 59 } });
  });

  test('what a mended service has', async () => {
    const { restart, dispose, states, races } = await one('task-engine/after.ts');
    expect(restart).toMatchObject({ refusedAfterTimeout: 'yes', flag: '#unrestartable' });
    expect(dispose).toMatchObject({ hasAsync: 'yes', reachesStop: 'yes' });
    expect(states.filter(({ present }) => present !== 'yes')).toEqual([]);
    expect(races).toEqual([]);
  });

  test('a race with its lines, and the state that is missed', async () => {
    const { races, changes } = await one('ngrok-adapter/before.ts');
    expect(races.map(({ kind, field }) => `${kind} ${field}`)).toEqual(['late-guard #listener', 'lost-stop #listener', 'double-stop #listener']);
    expect(races[0]?.schedule.map(({ lane, role }) => `${lane} ${role}`)).toEqual(['first check', 'first wait', 'second check', 'first effect', 'second effect']);
    expect(changes.filter(({ present }) => present === 'no').map(({ from, on }) => `${from} ${on}`)).toEqual(expect.arrayContaining(['starting start', 'starting stop', 'stopping stop']));
  });
});

describe('what is asked of a kind', () => {
  const askedOf = (service: Explanation | undefined): readonly string[] | undefined => service?.asked.map(({ requirement, recommended, strict }) => `${requirement}: ${recommended}, ${strict}`);

  test('is missing only where there is something to ask it of: a stop that clears a timer waits for nothing', async () => {
    const { root } = makeProject({
      'mail-queue.ts': dedent`
        export class MailQueue {
          async start() {
            await connect();
            this.timer = setInterval(() => this.flush(), 1000);
          }
          async stop() {
            clearInterval(this.timer);
          }
        }
      `,
    });
    const [queue] = await services(root, 'mail-queue.ts');
    expect(queue?.kind).toBe('background');
    expect(askedOf(queue)).toEqual(['lock: reported, reported', 'deadline: not asked, not asked', 'flag: not asked, not asked', 'dispose: not asked, reported']);
    const { stdout } = await explain(root, 'mail-queue.ts');
    expect(stdout).toMatch(/^ {2}not needed +a deadline round each drain: stop\(\) was not seen to wait for anything that\n +start began$/m);
    expect(stdout).toMatch(/^ {2}missing +\[Symbol\.asyncDispose\], which only strict asks for$/m);
    expect((await run(root, ['--codemod', 'add-drain-timeout', '--check', '.'], defaultEngine)).stderr).toContain('1 fine as it is');
  });

  test('is missing for exactly the services in which the codemod for it finds something', async () => {
    const document = await run(ROOT, ['--json', '--dry-run', '--codemod', 'add-drain-timeout', '--', 'fixtures/services'], defaultEngine);
    const { files } = JSON.parse(document.stdout) as JsonReport;
    for (const { file, services: results } of files) {
      for (const { asked, service, line } of await services(ROOT, file)) {
        const result = results.find((one) => one.service === service && one.line === line);
        const isFound = (result?.added.length ?? 0) + (result?.left.length ?? 0) + (result?.acknowledged?.length ?? 0) > 0;
        const isMissing = asked.some(({ requirement, strict }) => requirement === 'deadline' && strict === 'reported');
        expect([file, service, asked.some(({ requirement }) => requirement === 'deadline') && isFound]).toEqual([file, service, isMissing]);
      }
    }
    expect(files.length).toBeGreaterThan(10);
  });
});

describe('what closes a race', () => {
  test('two flags of which either is enough', async () => {
    const { root } = makeProject({
      'a.ts': dedent`
        export class A {
          async start() {
            if (this.running) return;
            if (this.starting) return;
            this.running = true;
            this.starting = true;
            this.socket = await open();
          }
          async stop() {
            this.running = false;
            this.starting = false;
            this.socket?.close();
          }
        }
      `,
    });
    const [service] = await services(root, 'a.ts');
    expect(service?.protections).toContainEqual(expect.objectContaining({ kind: 'flag', field: 'running', line: 3, closes: ['no-guard', 'late-guard'], or: expect.objectContaining({ kind: 'flag', field: 'starting', line: 4 }) as unknown }));
    expect((await explain(root, 'a.ts')).stdout.replaceAll(/\s+/g, ' ')).toContain('start() asks this.running first (line 3) or start() asks this.starting first (line 4), either of which is enough.');
  });
});

describe('why a rule is silent', () => {
  const why = async (name: string, rule: string): Promise<string> => {
    const verdict = (await one(name)).verdicts.find((found) => found.rule === rule);
    return `${verdict?.recommended.outcome ?? ''}: ${verdict?.recommended.why ?? ''}`;
  };

  test('the service has what it asks for', async () => {
    expect(await why('task-engine/after.ts', 'require-lifecycle-lock')).toBe('kept: both sides hold `this.#lifecycleLock` over their whole bodies');
    expect(await why('task-engine/before.ts', 'require-drain-timeout')).toBe('kept: a deadline ends the wait for `this.#worker` (line 59)');
    expect(await why('task-engine/before.ts', 'no-untracked-background-task')).toBe('kept: stop waits for `this.#work(…)` (line 47), and somebody sees it fail');
  });

  test('it is not asked of such a service', async () => {
    expect(await why('task-engine/before.ts', 'require-timer-release')).toBe('not asked: it sets no timer');
    expect(await why('task-engine/before.ts', 'require-kill-escalation')).toBe('not asked: nothing in the class was seen to end a child process');
    expect(await why('ngrok-adapter/before.ts', 'no-partial-lifecycle-lock')).toBe('not asked: there is no lifecycle lock');
  });

  test('only strict asks', async () => {
    expect(await why('task-engine/before.ts', 'require-async-dispose')).toBe('not asked: it has no `[Symbol.asyncDispose]`; `recommended` asks only that one which is there stops the service');
  });

  test('another protection closes the races', async () => {
    const { root } = makeProject({
      'a.ts': dedent`
        export class A {
          async start() {
            if (this.running) return;
            this.running = true;
            this.timer = setInterval(tick, 10);
            await log();
          }
          async stop() {
            if (!this.running) return;
            this.running = false;
            clearInterval(this.timer);
          }
        }
      `,
    });
    const [service] = await services(root, 'a.ts');
    const verdict = service?.verdicts.find(({ rule }) => rule === 'require-lifecycle-lock');
    expect(verdict?.recommended).toMatchObject({ outcome: 'kept', why: expect.stringContaining('`start()` asks `this.running` first (line 3)') as string });
    expect(verdict?.strict.outcome).toBe('reported');
  });

  test('it cannot be told', async () => {
    const { root } = makeProject({
      'a.ts': dedent`
        export class A extends Base {
          async start() {
            await super.start();
            this.socket = await open();
          }
          async stop() {
            await super.stop();
            await this.socket.close();
          }
        }
      `,
    });
    const [service] = await services(root, 'a.ts');
    expect(service?.verdicts.find(({ rule }) => rule === 'require-lifecycle-lock')?.recommended.outcome).toBe('unknown');
  });
});

describe('what can be asked for', () => {
  const SERVICE = 'export class Poller { async start() { this.s = await open(); } async stop() { await this.s.close(); } }';
  const FILES = {
    'poller.ts': `${SERVICE}\nexport class Queue { async start() { this.q = await open(); } async stop() { await this.q.close(); } }\nclass Row {}\n`,
    'none.ts': 'export class Player { start() { this.on = true; } stop() { this.on = false; } }\nexport class Row {}\n',
    'values.ts': 'export const one = 1;\n',
    'broken.ts': 'class A {\n  start( {\n}\n',
    'src/a.ts': '',
    'explain': '',
    'notes.md': '',
  };

  test('all services of a file, or one, or those of several files', async () => {
    const { root } = makeProject(FILES);
    const names = async (...argv: readonly string[]): Promise<string[]> => (await services(root, ...argv)).map(({ file, service, line }) => `${file} ${service} ${String(line)}`);
    expect(await names('poller.ts')).toEqual(['poller.ts Poller 1', 'poller.ts Queue 2']);
    expect(await names('poller.ts:Queue')).toEqual(['poller.ts Queue 2']);
    expect(await names('poller.ts:Queue', './poller.ts:Poller')).toEqual(['poller.ts Queue 2', './poller.ts Poller 1']);
  });

  test.each([
    [[], 'explain needs a file: lifecycle-codemod explain src/worker.ts, or src/worker.ts:Worker for one class'],
    [['poler.ts'], 'poler.ts: there is no such file (did you mean poller.ts?)'],
    [['src'], 'src is a folder: explain takes files; lifecycle-codemod report src lists the services in it'],
    [['notes.md'], 'notes.md: explain reads TypeScript and JavaScript, and no declarations'],
    [['poller.ts:Poler'], 'poller.ts has no class Poler (did you mean Poller?)'],
    [['poller.ts:Engine'], 'poller.ts has no class Engine; its services are Poller, Queue'],
    [['poller.ts:'], 'poller.ts:: there is no class behind the colon'],
    [['poller.ts:Row'], 'poller.ts: Row (line 3) is none, because it has no pair of methods that start and stop it (settings.lifecycle.pairs adds names)'],
    [['none.ts'], 'none.ts holds no service: Player (line 1) is none, because neither start() nor stop() is asynchronous; Row (line 2) is none, because it has no pair of methods that start and stop it (settings.lifecycle.pairs adds names)'],
    [['values.ts'], 'values.ts holds no class, and so no service'],
    [['--all', 'poller.ts'], "unknown option '--all'"],
  ])('%j', async (argv, message) => {
    const { root } = makeProject(FILES);
    expect(await explain(root, ...argv)).toEqual({ exitCode: EXIT.failed, stdout: '', stderr: `lifecycle-codemod: ${message}\n` });
  });

  test('a file that cannot be parsed is named with the place', async () => {
    const { root } = makeProject(FILES);
    const { exitCode, stderr } = await explain(root, 'broken.ts');
    expect(exitCode).toBe(EXIT.failed);
    expect(stderr).toMatch(/^lifecycle-codemod: broken\.ts:\d+:\d+: cannot be parsed: [^\n]+\n$/);
  });

  test('whoever asks for JSON gets a failure as JSON', async () => {
    const { root } = makeProject(FILES);
    const { exitCode, stdout } = await explain(root, '--json', 'elsewhere-altogether.ts');
    expect(exitCode).toBe(EXIT.failed);
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: EXIT.failed, error: 'elsewhere-altogether.ts: there is no such file' });
  });

  test('the pairs of the settings', async () => {
    const { root } = makeProject({
      'lifecycle.config.json': '{ "pairs": [["arm", "disarm"]] }',
      'a.ts': 'export class Trap { async arm() { this.s = await open(); } async disarm() { await this.s.close(); } }',
    });
    expect((await services(root, 'a.ts')).map(({ start, stop }) => [start.main, stop.main])).toEqual([['arm', 'disarm']]);
  });

  test('help', async () => {
    const { stdout, exitCode } = await explain(ROOT, '--help');
    expect(exitCode).toBe(EXIT.done);
    expect(stdout).toContain('Usage: lifecycle-codemod explain [options] <file>[:Class]...');
  });
});
