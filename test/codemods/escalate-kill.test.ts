import { describe, expect, test } from 'vitest';
import type { CodemodOptions, CodemodResult } from '../../codemods/codemod.ts';
import escalateKill from '../../codemods/escalate-kill.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';

/** A host of one process. What its stop does is put in, at line 14. */
function host({ stop, more = '', start = "this.child = spawn('agent');", method = 'async stop(): Promise<void>' }: { stop: string; more?: string; start?: string; method?: string }): string {
  return `
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export class Host {
  private child: ChildProcess | undefined;

  async start(): Promise<void> {
    await Promise.resolve();
    ${start}
  }

  ${method} {
    ${stop}
  }
  ${more}
}
`;
}

function mend(text: string, options: CodemodOptions = {}, fileName = 'host.ts'): CodemodResult {
  return runCodemods([escalateKill], { fileName, text }, options);
}

function reasons({ services }: CodemodResult): readonly string[] {
  return services.flatMap(({ left }) => left.map(({ line, why }) => `${String(line)}: ${why}`));
}

const NAMED = 'const child = this.child;\n    if (!child) return;\n    ';

describe('leaves a class alone', () => {
  test.each([
    ['whose stop is not async', { stop: 'this.child?.kill();', method: 'stop(): void' }, '14: stop() is not async, so nobody waits there for the exit'],
    ['whose stop is static', { stop: 'this.child?.kill();', method: 'static child = spawn("one");\n\n  static async stop(): Promise<void>' }, '16: stop() is static, and the process that of the class'],
    ['whose stop looks at what kill() returns', { stop: 'if (!this.child?.kill()) console.log("gone");' }, '14: what kill() returns at line 14 is used'],
    ['that ends several', { stop: 'for (let left = 3; left > 0; left--) this.child?.kill();' }, '14: the signal at line 14 is sent in a loop, to several processes'],
    [
      'that ends it in a callback',
      { stop: 'await new Promise<void>((resolve) => {\n      this.child?.kill();\n      resolve();\n    });' },
      '15: the signal at line 15 is sent in a callback, and who waits for that cannot be told',
    ],
    [
      'of which nobody waits for the stop',
      { stop: 'this.child?.kill();', more: 'restartLater(): void {\n    void this.stop();\n  }' },
      '14: nobody waits for stop() at line 17, so that a failure to end the process would be lost',
    ],
    [
      'whose stop is an event listener',
      { stop: 'this.child?.kill();', more: "listen(): void {\n    process.on('SIGHUP', () => this.stop());\n  }" },
      '14: nobody waits for stop() at line 17, so that a failure to end the process would be lost',
    ],
    [
      'with several processes in one field',
      { stop: 'this.child?.kill();', more: "degrade(): void {\n    this.child = spawn('slow');\n  }" },
      '14: this.child is made out of sight or in several places, and a process that has exited already tells nobody',
    ],
    [
      'whose helper is handed the process',
      { stop: 'await this.end(this.child);', more: 'private async end(child: ChildProcess | undefined): Promise<void> {\n    child?.kill();\n  }' },
      '17: child may be another process by then than the one whose exit is waited for',
    ],
    [
      'whose stop waits for something else before the signal',
      { stop: `${NAMED}this.child = undefined;\n    await Promise.resolve();\n    child.kill();` },
      '18: stop() waits at line 17 for something else, and by then another process may have been started',
    ],
    [
      'whose stop returns what comes after it',
      { stop: 'this.child?.kill();\n    return this.flush();', more: 'private async flush(): Promise<void> {\n    await Promise.resolve();\n  }' },
      '14: what follows the signal in stop() returns something, and has to come to its end although the process does not',
    ],
    ['that sends two first signals', { stop: "this.child?.kill('SIGINT');\n    await Promise.resolve();\n    this.child?.kill('SIGTERM');" }, '16: stop() sends a first signal in two places, at lines 14 and 16'],
    ['whose stop stands on one line', { stop: 'this.child?.kill(); this.child = undefined;' }, '14: the statements of stop() do not stand on lines of their own'],
    [
      "that waits for 'close'",
      { stop: `${NAMED}child.kill();\n    await once(child, 'close');` },
      "17: the wait for the exit at line 17 is for 'close', which whoever holds the pipes can put off for ever; let it be for 'exit' if nobody needs the rest of the output",
    ],
    [
      'that waits for a success',
      { stop: `${NAMED}child.kill();\n    await new Promise<void>((resolve, reject) => child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error('failed')))));` },
      '17: the wait for the exit at line 17 is for more than the exit',
    ],
    [
      'that also waits where no signal was sent',
      { stop: `${NAMED}if (Math.random() > 0.5) {\n      child.kill();\n    }\n    await once(child, 'exit');` },
      '19: the wait for the exit at line 19 is no statement of its own in stop() that always comes after the signal',
    ],
    [
      'that gives up with an error',
      { stop: `${NAMED}const exited = once(child, 'exit');\n    child.kill();\n    await Promise.race([exited, new Promise((_, reject) => setTimeout(reject, 100))]);` },
      '18: the wait for the exit at line 18 ends in time in a way that SIGKILL cannot be put behind',
    ],
  ])('%s', (_name, parts, reason) => {
    const text = host(parts);
    const result = mend(text);
    expect(reasons(result)).toEqual([reason]);
    expect(result.text).toBe(text);
    expect(result.needs).toEqual([]);
  });

  test('where only the letter is missing: a process that is not thrown away', () => {
    const text = "import { spawn } from 'node:child_process';\n\nexport async function run(): Promise<void> {\n  const child = spawn('tool');\n  await Promise.resolve();\n  child.kill();\n}\n";
    expect(mend(text)).toMatchObject({ text, services: [] });
  });
});

describe('takes the deadline', () => {
  const text = host({ stop: 'this.child?.kill();' });

  test.each<[string, CodemodOptions, string, string]>([
    ['from p-timeout', {}, 'await pTimeout(exited, { milliseconds: Host.DRAIN_TIMEOUT_MS });', 'package p-timeout'],
    ['from es-toolkit where the project has it', { packages: ['es-toolkit'] }, 'await withTimeout(() => exited, Host.DRAIN_TIMEOUT_MS);', 'package es-toolkit'],
    ['from the vendored file where that is asked for', { lock: 'inline' }, 'await withDeadline(exited, Host.DRAIN_TIMEOUT_MS);', 'file ./lifecycle-lock.js'],
  ])('%s', (_name, options, line, needed) => {
    const result = mend(text, options);
    expect(result.text.split('\n').filter((one) => one.trim() === line)).toHaveLength(2);
    expect(result.needs.map(({ kind, specifier }) => `${kind} ${specifier}`)).toEqual([needed]);
  });

  test('that the class sets to another drain', () => {
    const own = host({
      stop: 'this.child?.kill();\n    await limit(this.flushing, this.limitMs);',
      start: "this.flushing = this.flush();\n    this.child = spawn('agent');",
      more: 'private readonly limitMs = 500;\n  private flushing: Promise<void> = Promise.resolve();\n\n  private async flush(): Promise<void> {\n    for (;;) await Promise.resolve();\n  }',
    }).replace('export class', "import { limit, LimitError } from './limit.js';\n\nexport class");
    const helper = "async function limit<T>(work: Promise<T>, ms: number): Promise<T> {\n  let timer: NodeJS.Timeout | undefined;\n  const late = new Promise<never>((_, reject) => {\n    timer = setTimeout(() => reject(new LimitError()), ms);\n  });\n  try {\n    return await Promise.race([work, late]);\n  } finally {\n    clearTimeout(timer);\n  }\n}\n\nclass LimitError extends Error {}\n";
    const result = mend(own.replace("import { limit, LimitError } from './limit.js';\n", helper));
    expect(reasons(result)).toEqual([]);
    expect(result.text).toContain('await limit(exited, this.limitMs);');
    expect(result.text).toContain('if (!(error instanceof LimitError)) throw error;');
    expect(result.needs).toEqual([]);
  });

  test('with the limit that is asked for', () => {
    expect(mend(text, { drainTimeout: 30_000 }).text).toContain('DRAIN_TIMEOUT_MS = 30_000;');
  });
});

describe('keeps', () => {
  test('line ends, tabs and comments', () => {
    const text = host({ stop: 'this.child?.kill(); // first\n    // then\n    this.child = undefined;' }).replaceAll('  ', '\t').replaceAll('\n', '\r\n');
    const result = mend(text);
    expect(result.text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(result.text).toContain('\t\tchild?.kill(); // first\r\n\t\tconst exited = ');
    expect(result.text).toContain('\t\t} finally {\r\n\t\t\t// then\r\n\t\t\tthis.child = undefined;\r\n\t\t}\r\n\t}');
  });

  test('the names of variables apart', () => {
    const text = host({ stop: "const exited = 'exited', child = 'child';\n    this.child?.kill();\n    console.log(exited, child);" });
    const result = mend(text);
    expect(result.text).toContain('const childProcess = this.child;\n    childProcess?.kill();\n    const childExited = Promise.resolve(this.exited);');
  });

  test('statements apart that no semicolon does', () => {
    const text = host({ stop: ';(this.child as ChildProcess).kill();' }).replaceAll(';\n', '\n');
    expect(mend(text).text).toContain('    ;const child = this.child as ChildProcess; (child).kill()\n    const exited = Promise.resolve(this.exited)\n    try {\n      await pTimeout(');
  });

  test('a flag that the class has for a stop that timed out', () => {
    const text = host({
      stop: 'this.child?.kill();',
      start: "if (this.broken) throw new Error('make a new one');\n    this.flushing = this.flush();\n    this.child = spawn('agent');",
      more: 'private broken = false;\n  private flushing: Promise<void> = Promise.resolve();\n\n  private async flush(): Promise<void> {\n    for (;;) await Promise.resolve();\n  }',
    }).replace('async stop(): Promise<void> {', "async stop(): Promise<void> {\n    try {\n      await pTimeout(this.flushing, { milliseconds: 10 });\n    } catch (error) {\n      if (error instanceof TimeoutError) this.broken = true;\n      throw error;\n    }");
    const result = mend(`import pTimeout, { TimeoutError } from 'p-timeout';${text}`);
    expect(reasons(result)).toEqual([]);
    expect(result.text).toContain('if (fatal instanceof TimeoutError) this.broken = true;');
    expect(result.text).not.toContain('unrestartable');
  });
});

test('a test of `killed` alone is a safe edit, and needs nothing', () => {
  const text = host({
    stop: `${NAMED}child.kill();\n    const timer = setTimeout(() => {\n      if (!child.killed) child.kill('SIGKILL');\n    }, 100);\n    await this.exited;\n    clearTimeout(timer);`,
    start: "const child = spawn('agent');\n    this.exited = new Promise((resolve) => child.once('exit', () => resolve()));\n    this.child = child;",
    more: 'private exited: Promise<void> | undefined;',
  });
  const result = mend(text);
  expect(result.text).toBe(text.replace('!child.killed', 'child.exitCode === null && child.signalCode === null'));
  expect(result.services.map(({ added }) => added)).toEqual([[{ codemod: 'escalate-kill', what: 'live kill escalation' }]]);
  expect(result.needs).toEqual([]);
});
