import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import latchShutdownSignals from '../../codemods/latch-shutdown-signals.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';

const BOTH = "process.on('SIGINT', shutdown); process.on('SIGTERM', shutdown);";

/** Why a file is left, after checking that its text is. */
function whyLeft(text: string, fileName = 'main.ts'): readonly string[] {
  const result = runCodemods([latchShutdownSignals], { fileName, text });
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

describe('says why it left a module alone', () => {
  test('a shutdown that is called elsewhere, where a second call would not wait', () => {
    expect(whyLeft(`async function shutdown() { await a.close(); await b.close(); }\n${BOTH}\nmain().finally(shutdown);`)).toEqual([
      'shutdown() is used at line 3 too, and would be turned away there',
    ]);
  });

  test('a shutdown that other modules can call', () => {
    expect(whyLeft(`export async function shutdown() { await a.close(); await b.close(); }\n${BOTH}`)).toEqual(['shutdown() is exported, and may be called elsewhere']);
    expect(whyLeft(`export const shutdown = async () => { await a.close(); await b.close(); };\n${BOTH}`)).toEqual(['shutdown() is exported, and may be called elsewhere']);
    expect(whyLeft(`const shutdown = async () => { await a.close(); await b.close(); };\n${BOTH}\nexport { shutdown };`)).toEqual([
      'shutdown() is used at line 3 too, and would be turned away there',
    ]);
  });

  test('a shutdown that sends the process its signal once more, which a latch would turn away', () => {
    const text = "for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, async () => { await a.close(); await b.close(); process.kill(process.pid, signal); });";
    expect(whyLeft(text)).toEqual(['its shutdown sends a signal, which may come back here']);
  });

  test('a handler that a function makes for each signal', () => {
    expect(whyLeft("const closer = (code) => async () => { await a.close(); await b.close(); process.exit(code); };\nprocess.on('SIGINT', closer(130));\nprocess.on('SIGTERM', closer(143));")).toEqual([
      'its handler is made anew for each signal',
    ]);
  });

  test('a handler that is one expression', () => {
    expect(whyLeft("process.on('SIGINT', () => a.close().then(() => b.close()));\nprocess.on('SIGTERM', () => a.close().then(() => b.close()));")).toEqual([
      'its handler at line 1 is one expression',
    ]);
  });

  test('a handler that goes on after the shutdown that it calls', () => {
    const drain = 'let closing = false;\nasync function close() { if (closing) return; closing = true; await a.close(); }';
    expect(whyLeft(`${drain}\nprocess.on('SIGINT', () => close().finally(() => process.exit(0)));\nprocess.on('SIGTERM', () => close().finally(() => process.exit(0)));`)).toEqual([
      'its handler at line 3 is one expression',
    ]);
  });

  test('a shutdown of one thing among several, of which a flag would turn away all but the first', () => {
    const shutdown = 'async function shutdown(server) { await server.close(); await server.db.end(); }';
    const why = 'line 2 may begin the shutdown of one thing among several';
    expect(whyLeft(`${shutdown}\nfunction setUp(server) { process.on('SIGINT', () => shutdown(server)); process.on('SIGTERM', () => shutdown(server)); }`)).toEqual([why]);
    expect(whyLeft(`${shutdown}\nfunction setUp(server) { process.on('SIGINT', shutdown.bind(null, server)); process.on('SIGTERM', shutdown.bind(null, server)); }`)).toEqual([why]);
    expect(
      whyLeft("// each\nfor (const server of servers) { process.on('SIGINT', async () => { await server.close(); await server.db.end(); }); process.on('SIGTERM', async () => { await server.close(); await server.db.end(); }); }"),
    ).toEqual([why]);
  });

  test('a handler that promises a result', () => {
    expect(whyLeft(`async function shutdown(): Promise<number> { await a.close(); await b.close(); return 1; }\n${BOTH}`)).toEqual([
      'line 1 promises a result, and a second signal would get none',
    ]);
  });

  test('two handlers of one signal', () => {
    expect(whyLeft("process.on('SIGTERM', async () => { await a.close(); });\nprocess.on('SIGTERM', async () => { await b.close(); process.exit(0); });")).toEqual([
      'line 1 handles the same signal, and one of the two has to do both',
    ]);
  });

  test('a close that has no promise', () => {
    expect(whyLeft("const server = createServer();\nprocess.on('SIGTERM', () => { server.close(); process.exit(0); });")).toEqual(['whether server.close() can be awaited cannot be told']);
  });

  test('a flag that would be declared after the first signal can come', () => {
    expect(whyLeft("install();\nawait ready;\nfunction install() { process.on('SIGINT', shutdown); process.on('SIGTERM', shutdown); }\nasync function shutdown() { await a.close(); await b.close(); }")).toEqual([
      'there is no place for a flag that all its handlers share',
    ]);
  });

  test('a flag whose test and write stand apart', () => {
    const text = `let closing = false;\nasync function shutdown() { if (closing) return; await a.close(); if (a.ok) { closing = true; } await b.close(); }\n${BOTH}`;
    expect(whyLeft(text)).toEqual(['the test of its flag and what sets it do not stand beside each other']);
  });
});

describe('sets a flag that comes too late', () => {
  test('right after its test', () => {
    const text = dedent`
      let closing = false;
      async function shutdown() {
        if (closing) return; // once is enough
        await log.flush();
        closing = true;
        await pool.end();
      }
      process.once('SIGINT', shutdown);
      process.once('SIGTERM', shutdown);
    `;
    expect(mended(text)).toBe(dedent`
      let closing = false;
      async function shutdown() {
        if (closing) return; // once is enough
        closing = true;
        await log.flush();
        await pool.end();
      }
      process.on('SIGINT', shutdown);
      process.on('SIGTERM', shutdown);
    `);
  });

  test('on one line', () => {
    const text = `let closing = false;\nconst shutdown = async () => { if (closing) return; await log.flush(); closing = true; await pool.end(); };\n${BOTH}`;
    expect(mended(text)).toContain('if (closing) return; closing = true; await log.flush(); await pool.end();');
  });

  test('not where it is looked at in between', () => {
    const text = `let closing = false;\nasync function shutdown() { if (closing) return; await log.flush(closing); closing = true; await pool.end(); }\n${BOTH}`;
    expect(whyLeft(text)).toEqual(['its flag is used before it is set']);
  });
});

describe('awaits what the handler has begun', () => {
  test('and latches it where there are two signals', () => {
    const text = "const close = async () => { await a.close(); };\nconst onSignal = () => { void close(); process.exit(0); };\nprocess.on('SIGINT', onSignal);\nprocess.on('SIGTERM', onSignal);";
    expect(mended(text)).toBe(
      "const close = async () => { await a.close(); };\nlet isShuttingDown = false;\nconst onSignal = async () => { if (isShuttingDown) return; isShuttingDown = true; await close(); process.exit(0); };\nprocess.on('SIGINT', onSignal);\nprocess.on('SIGTERM', onSignal);",
    );
  });

  test('not where that would change what the handler says it returns', () => {
    const text = "const close = async () => { await a.close(); };\nprocess.on('SIGTERM', (): void => { close(); process.exit(0); });";
    expect(whyLeft(text)).toEqual(['the handler of close() says what it returns, and would return a promise']);
  });
});

test('ends a line that would else run on into the next', () => {
  const text = "run()\nlog();\n['SIGINT', 'SIGTERM'].forEach((signal) => process.on(signal, async () => {\n  [a, b].forEach(log)\n  await a.close()\n  await b.close()\n}))\n";
  expect(mended(text)).toContain("let isShuttingDown = false;\n['SIGINT'");
  expect(mended(text)).toContain('  if (isShuttingDown) return\n  isShuttingDown = true;\n  [a, b]');
});

test('one flag for each shutdown of a module, under names that are free', () => {
  const text = mended(
    [
      'const isShuttingDown = 1;',
      "process.on('SIGINT', async () => { await a.close(); await b.close(); });",
      "process.on('SIGTERM', async () => { await a.close(); await b.close(); });",
      "['SIGHUP', 'SIGQUIT'].forEach((signal) => process.on(signal, async () => { await c.close(); await d.close(); }));",
    ].join('\n'),
  );
  expect(text.match(/let \w+/g)).toEqual(['let isShutdownRunning', 'let isShutdownRunning2']);
});
