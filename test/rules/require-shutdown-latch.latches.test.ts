import dedent from 'dedent';
import rule from '../../rules/require-shutdown-latch.ts';
import { createRuleTester } from '../rule-tester.ts';

const DRAIN = 'await server.close(); await pool.end();';
const STOP = `const stop = async () => { ${DRAIN} };`;
const BOTH = "process.on('SIGINT', stop);\nprocess.on('SIGTERM', stop);";

/** Latches that stand elsewhere, and handlers of which only one is ever registered. */
createRuleTester().run('require-shutdown-latch: latches', rule, {
  valid: [
    { name: 'a helper that throws for the second', code: `let closing = false;\nfunction begin() { if (closing) throw new Error('twice'); closing = true; }\nconst stop = async () => { begin(); ${DRAIN} };\n${BOTH}` },
    { name: 'a helper that ends the process for the second', code: `let signals = 0;\nfunction begin() { if (signals > 0) process.exit(1); signals++; }\nconst stop = async () => { begin(); ${DRAIN} };\n${BOTH}` },
    { name: 'a helper that says whether to go on', code: `let closing = false;\nconst begin = () => { if (closing) return false; closing = true; return true; };\nconst stop = async () => { if (!begin()) return; ${DRAIN} };\n${BOTH}` },
    {
      name: 'a getter',
      code: `class App { #closed = false; get closed() { return this.#closed; } listen() { for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, async () => { if (this.closed) return; this.#closed = true; ${DRAIN} }); } }`,
    },
    {
      name: 'a setter',
      code: `class App { #closed = false; set closed(value) { this.#closed = value; } listen() { for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, async () => { if (this.#closed) return; this.closed = true; ${DRAIN} }); } }`,
    },
    { name: 'one signal or the other', code: `${STOP}\nif (windows) process.on('SIGINT', stop);\nelse process.on('SIGTERM', stop);` },
    { name: 'the same as an expression', code: `${STOP}\nwindows ? process.on('SIGINT', stop) : process.on('SIGTERM', stop);` },
    { name: 'the same with a short circuit', code: `${STOP}\nwindows && process.on('SIGINT', stop);\nwindows || process.on('SIGTERM', stop);` },
    { name: 'the same with a return', code: `function listen() {\n${STOP}\nif (windows) return process.on('SIGINT', stop);\nreturn process.on('SIGTERM', stop);\n}` },
    { name: 'the same with a switch', code: `${STOP}\nswitch (platform) {\ncase 'win32': process.on('SIGINT', stop); break;\ndefault: process.on('SIGTERM', stop);\n}` },
  ].map((one) => ({ ...one, options: [{ report: 'every' as const }] })),
  invalid: [
    {
      name: 'a helper that throws for another reason',
      code: dedent`
        const check = (code) => { if (code < 0 || !config.isLoaded) throw new Error('no code'); };
        export const stop = async (signal, code) => {
          check(code);
          await server.close();
          await pool.end();
        };
        process.on('SIGINT', stop);
        process.on('SIGTERM', stop);
      `,
      errors: [{ messageId: 'noLatch', data: { signals: 'SIGINT and then SIGTERM', work: 'server.close()', wait: 4 }, line: 8, column: 1, endLine: 8, endColumn: 28 }],
    },
    {
      name: 'both in one branch',
      code: dedent`
        export const stop = async () => { await server.close(); await pool.end(); };
        if (production) process.on('SIGINT', stop).on('SIGTERM', stop);
      `,
      errors: [{ messageId: 'noLatch', data: { signals: 'SIGINT and then SIGTERM', work: 'server.close()', wait: 1 }, line: 2, column: 17, endLine: 2, endColumn: 63 }],
    },
  ],
});
