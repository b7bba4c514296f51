import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import latchShutdownSignals from '../../codemods/latch-shutdown-signals.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';

const DRAIN = 'await a.close(); await b.close();';
const CALLS = "process.on('SIGINT', () => this.#stop()); process.on('SIGTERM', () => this.#stop());";

/** Why a file is left, after checking that its text is. */
function whyLeft(text: string): readonly string[] {
  const result = runCodemods([latchShutdownSignals], { fileName: 'main.ts', text });
  expect(result.text).toBe(text);
  return result.services.flatMap(({ left }) => left.map(({ why }) => why));
}

/** What becomes of a file with nothing left to do. */
function mended(text: string, fileName = 'main.ts'): string {
  const result = runCodemods([latchShutdownSignals], { fileName, text });
  expect(result.services.flatMap(({ left }) => left)).toEqual([]);
  expect(runCodemods([latchShutdownSignals], { fileName, text: result.text }).text).toBe(result.text);
  return result.text;
}

describe('leaves what a flag would turn away by mistake', () => {
  test('a shutdown that the handler of the other signal calls', () => {
    const text = `async function stop() { ${DRAIN} process.exit(0); }\nprocess.on('SIGINT', () => stop());\nprocess.on('SIGTERM', () => { log('term'); void stop(); });`;
    expect(whyLeft(text)).toEqual(['line 3 calls it behind a flag that is set by then']);
  });

  test('a handler that calls itself once more', () => {
    const text = `process.on('SIGINT', async function stop() { ${DRAIN} if (a.busy) setTimeout(stop, 10); });\nprocess.on('SIGTERM', async function stop() { ${DRAIN} });`;
    expect(whyLeft(text)).toEqual(['line 1 calls it behind a flag that is set by then']);
  });

  test('a second try where the first has failed', () => {
    const text = `async function stop() { ${DRAIN} }\nprocess.on('SIGINT', () => stop().catch(() => stop()));\nprocess.on('SIGTERM', () => stop());`;
    expect(whyLeft(text)).toEqual(['stop() is called once more at line 2, and would be turned away there']);
  });

  test('a reload, which is to run once for each signal', () => {
    const text = `async function reload() {\n${DRAIN}\nawait b.connect(); }\nprocess.on('SIGHUP', reload);\nprocess.on('SIGINT', reload);`;
    expect(whyLeft(text)).toEqual(['it goes on with b.connect() at line 3, and may be meant to run again']);
  });

  test('one server of several, with a loop over the signals in the loop over the servers', () => {
    const loop = (list: string): string => `for (const server of servers) {\n  ${list} process.on(signal, async () => { await server.close(); await server.db.end(); });\n}`;
    const why = 'line 2 may begin the shutdown of one thing among several';
    expect(whyLeft(loop("for (const signal of ['SIGINT', 'SIGTERM'])"))).toEqual([why]);
    expect(whyLeft("servers.forEach((server) => {\n  ['SIGINT', 'SIGTERM'].forEach((signal) => process.on(signal, async () => { await server.close(); await server.db.end(); }));\n});")).toEqual([why]);
  });

  test('a method that is not async, and would have to be', () => {
    const text = "class Bot {\n  constructor() { process.on('SIGTERM', this.#halt); }\n  #halt() { void close(); process.exit(0); }\n}";
    expect(whyLeft(text)).toEqual(['the handler of close() is a method that is not async']);
  });
});

test('a call on another object of the same name is no second call', () => {
  const text = "async function shutdown() { await app.shutdown(); await db.shutdown(); process.exit(0); }\nprocess.on('SIGINT', () => { void shutdown(); });\nprocess.on('SIGTERM', () => { void shutdown(); });";
  expect(mended(text)).toContain("process.on('SIGTERM', () => { if (isShuttingDown) return; isShuttingDown = true; void shutdown(); });");
});

describe('keeps the flag of a private member in a field', () => {
  test('of a method, which is called on its object', () => {
    const text = dedent`
      class Bot {
        #name = 'bot';

        constructor() {
          process.once('SIGINT', () => void this.#stop('SIGINT'));
          process.once('SIGTERM', this.#stop.bind(this));
        }

        async #stop(signal: string): Promise<void> {
          try {
            await this.session.flush();
            await this.session.close();
          } finally {
            process.exit(0);
          }
        }
      }
    `;
    expect(mended(text)).toBe(dedent`
      class Bot {
        #name = 'bot';
        #isShuttingDown = false;

        constructor() {
          process.on('SIGINT', () => void this.#stop('SIGINT'));
          process.on('SIGTERM', this.#stop.bind(this));
        }

        async #stop(signal: string): Promise<void> {
          if (this.#isShuttingDown) return;
          this.#isShuttingDown = true;
          try {
            await this.session.flush();
            await this.session.close();
          } finally {
            process.exit(0);
          }
        }
      }
    `);
  });

  test('under a name that the class has not got', () => {
    const text = `class Bot {\n  #isShuttingDown() {}\n  listen() { ${CALLS} }\n  async #stop() { ${DRAIN} process.exit(0); }\n}`;
    expect(mended(text)).toContain('async #stop() { if (this.#isShutdownRunning) return; this.#isShutdownRunning = true;');
  });

  test('with its line ends, in plain JavaScript without semicolons', () => {
    const text = `module.exports = class {\n\tlisten () { ${CALLS} }\n\tasync #stop () {\n\t\tawait this.a.close()\n\t\tawait this.b.close()\n\t\tprocess.exit(0)\n\t}\n}\n`.replaceAll('\n', '\r\n');
    const after = mended(text, 'bot.cjs');
    expect(after).toContain('\r\n\t#isShuttingDown = false\r\n');
    expect(after).toContain('\tasync #stop () {\r\n\t\tif (this.#isShuttingDown) return\r\n\t\tthis.#isShuttingDown = true\r\n\t\tawait');
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
  });

  test.each([
    ['that is handed over without its object', `class Bot {\n  listen() { process.on('SIGINT', this.#stop); process.on('SIGTERM', this.#stop); }\n  async #stop() { ${DRAIN} process.exit(0); }\n}`, '#stop() is handed over without its object, which is to keep the flag'],
    ['that others may call', `class Bot {\n  listen() { ${CALLS.replaceAll('#', '')} }\n  async stop() { ${DRAIN} process.exit(0); }\n}`, 'stop() is not private, and may be called elsewhere'],
    ['that is called elsewhere', `class Bot {\n  listen() { ${CALLS} }\n  async #stop() { ${DRAIN} process.exit(0); }\n  fail() { return this.#stop(); }\n}`, '#stop() is used at line 4 too, and would be turned away there'],
    ['that is called by its name in brackets', `class Bot {\n  listen() { ${CALLS.replaceAll('#', '')} }\n  private async stop() { ${DRAIN} process.exit(0); }\n}\nbot['stop']();`, 'stop() is used at line 5 too, and would be turned away there'],
    ['after which the object may be started again', `class Bot {\n  listen() { ${CALLS} }\n  async #stop() { ${DRAIN} }\n}`, '#stop() may come to its end without ending the process, and its object may be started again'],
    ['that may leave before it ends the process', `class Bot {\n  listen() { ${CALLS} }\n  async #stop() { if (!a) return; ${DRAIN} process.exit(0); }\n}`, '#stop() may come to its end without ending the process, and its object may be started again'],
  ])('not of one %s', (_what, text, why) => {
    expect(whyLeft(text)).toEqual([why]);
  });
});

describe('takes off at the end what `once` took off at the beginning', () => {
  const shutdown = (body: string, registered: string): string => `async function stop() {\n${body}\n}\n${registered}\n`;
  const ONCE = "process.once('SIGINT', stop);\nprocess.once('SIGTERM', stop);";

  test('where the process is left to end by itself', () => {
    expect(mended(shutdown('  await a.close();\n  await b.close(); // last', ONCE))).toContain("  await b.close(); // last\n  process.off('SIGINT', stop);\n  process.off('SIGTERM', stop);\n}\n");
  });

  test('for each name of a loop', () => {
    const loop = (names: string): string => shutdown('  await a.close()\n  await b.close()', `for (const signal of [${names}]) process.once(signal, stop)`);
    expect(mended(loop("'SIGINT', 'SIGTERM'"), 'main.js')).toContain("  process.off('SIGINT', stop)\n  process.off('SIGTERM', stop)\n}");
    expect(mended(loop("'SIGINT', 'SIGTERM', 'SIGUSR2'"))).not.toContain('process.off');
  });

  test.each([
    ['that stay on as they are written', '  await a.close();\n  await b.close();', ONCE.replaceAll('once', 'on')],
    ['of a handler that ends the process', '  await a.close();\n  await b.close();\n  process.exit(0);', ONCE],
    ['of a handler that may leave before', '  if (!a) return;\n  await a.close();\n  await b.close();', ONCE],
    ['of a handler that does not wait for all it begins', '  a.end();\n  await a.close();\n  await b.close();', ONCE],
    ['of a handler in which the name is another', '  const stop = 1;\n  await a.close(stop);\n  await b.close();', ONCE],
    ['of a handler that has no name', '', `process.once('SIGINT', async () => { ${DRAIN} });\nprocess.once('SIGTERM', async () => { ${DRAIN} });`],
  ])('not those %s', (_what, body, registered) => {
    expect(mended(shutdown(body, registered))).not.toContain('process.off');
  });
});
