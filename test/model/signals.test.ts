import { describe, expect, test } from 'vitest';
import { mayHoldSignal } from '../../model/prefilter.ts';
import { signalHandlersOf } from '../../model/read-signals.ts';
import { codeOf, parse, parseAsJavaScript, parseAsTypeScript } from './parse.ts';

const TEXT = `
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGUSR1'];
const closer = (signal) => async () => { await server.close(); process.exit(signal === 'SIGHUP' ? 1 : 0); };

export class Bot {
  #closing = false;
  listen() {
    for (const signal of SIGNALS) process.once(signal, () => void this.stop().catch(report));
  }
  async stop() {
    if (this.#closing) return;
    await this.drain?.end();
    this.#closing = true;
    await this.pool.end();
  }
}

function main() {
  process.on('SIGHUP', closer('SIGHUP')).prependListener('SIGQUIT', closer('SIGQUIT'));
  globalThis.process.addListener('SIGBREAK', () => controller.abort());
}
`;

/** What is read of each handler, in the order of the text. */
function outline(text: string, parser: (text: string) => ReturnType<typeof parse>): readonly unknown[] {
  return signalHandlersOf(parser(text).program).map(({ owner, signals, registrations, drain, gap }) => ({
    owner,
    signals: signals.join(' '),
    methods: registrations.map(({ method, isMade }) => `${method}${isMade ? ' made' : ''}`).join(' '),
    drain: codeOf(text, drain),
    gap: gap && `${gap.isSure ? '' : 'perhaps '}${gap.kind}: ${codeOf(text, gap.node)}`,
  }));
}

describe.each([
  ['oxc', (text: string) => parse(text)],
  ['typescript-eslint', parseAsTypeScript],
  ['espree', parseAsJavaScript],
])('with %s', (_name, parser) => {
  test('handlers in classes, functions and loops', () => {
    expect(outline(TEXT, parser)).toEqual([
      { owner: 'Bot', signals: 'SIGINT SIGTERM', methods: 'once', drain: 'this.stop()', gap: 'late-latch: this.#closing = true' },
      {
        owner: '(module)',
        signals: 'SIGHUP SIGQUIT',
        methods: 'on made on made',
        drain: 'server.close()',
        gap: "perhaps no-latch: process.on('SIGHUP', closer('SIGHUP')).prependListener('SIGQUIT', closer('SIGQUIT'))",
      },
      { owner: 'main', signals: 'SIGBREAK', methods: 'on', drain: '', gap: undefined },
    ]);
  });
});

test('is read once for each program', () => {
  const { program } = parse(TEXT);
  expect(signalHandlersOf(program)).toBe(signalHandlersOf(program));
});

/** The gap of a shutdown with this body, which two signals begin. */
function gapOf(body: string, before = ''): string | undefined {
  const text = `${before}\nasync function shutdown(signal) {\n${body}\n}\nprocess.on('SIGINT', shutdown);\nprocess.on('SIGTERM', shutdown);`;
  return signalHandlersOf(parse(text).program)[0]?.gap?.kind;
}

const STEPS = 'await a.close(); await b.close();';

describe('a second run is turned away, or it cannot be told, where', () => {
  test.each([
    ['a flag is set before the first await', `if (closing) return; closing = true; ${STEPS}`],
    ['it is set together with others', `if (closing) return; ({ closing } = { closing: true }); ${STEPS}`],
    ['a counter is asked', `if (++count > 1) return; ${STEPS}`],
    ['the flag is asked round the steps', `if (!closing) { closing = true; ${STEPS} }`],
    ['the flag is asked in a switch', `switch (state) { case 'up': state = 'down'; ${STEPS} }`],
    ['the flag is asked in a try', `try { if (closing) return; closing = true; } finally { log(); } ${STEPS}`],
    ['the flag is asked deep inside', `if (signal) { if (closing) { log(); return; } closing = true; } ${STEPS}`],
    ['a loop goes on while a flag is clear', `while (!closing) { closing = true; ${STEPS} }`],
    ['a property of a shared object is asked', `if (state.closing) return; state.closing = true; ${STEPS}`],
    ['an object is asked that the first run has called', `if (!a.isOpen) return; ${STEPS}`],
    ['a call is asked', `if (isClosing()) return; ${STEPS}`],
    ['a set is asked', `if (done.has('all')) return; done.add('all'); ${STEPS}`],
    ['an argument is asked', `if (signal === 'SIGTERM') return; ${STEPS}`],
    ['a copy of the flag is asked', `const was = closing; closing = true; if (was) return; ${STEPS}`],
    ['a callback of the caller may have set the flag', `onClose(); if (closing) return; ${STEPS}`, 'let onClose = make();'],
    ['the flag is in another module', `if (closing.now) return; begin(); ${STEPS}`, "import { begin, closing } from './closing.js';"],
    ['the flag is asked with another', `if (closing || signal === undefined) return; closing = true; ${STEPS}`],
    ['the promise is kept', `return (closing ??= (async () => { ${STEPS} })());`],
    ['the function calls itself', `if (closing) return; closing = true; ${STEPS} await shutdown('again');`],
  ])('%s', (_name, body, before = 'let closing = false;') => {
    expect(gapOf(body, before)).toBeUndefined();
  });
});

describe('a second run comes to the steps where', () => {
  test.each([
    ['nothing is asked', STEPS],
    ['what is asked nobody has written', `if (process.env.CI) log(); else if (server === undefined) return; ${STEPS}`],
    ['another variable of that name is written', `if (closing) return; { let closing; closing = true; log(closing); } ${STEPS}`],
    ['a flag is set that nobody asks', `closing = true; ${STEPS}`],
    ['the steps are chained', 'a.close().then(() => b.close()).catch(log);'],
    ['the second step is in the callback of the first', 'a.close(() => { b.close(() => log()); });'],
    ['they stand in a try', `try { await a.close(); } catch (error) { log(error); } finally { await b.close(); }`],
    ['they are closed one after the other', 'for (const session of sessions.values()) await session.stop();'],
  ])('%s', (_name, body) => {
    expect(gapOf(body, 'let closing = false;')).toBe('no-latch');
  });
});

test('a text without a shutdown signal of the process is not looked at', () => {
  expect(mayHoldSignal(TEXT)).toBe(true);
  expect(mayHoldSignal("process.on('SIGUSR2', dump)")).toBe(false);
  expect(mayHoldSignal("child.kill('SIGTERM')")).toBe(false);
});
