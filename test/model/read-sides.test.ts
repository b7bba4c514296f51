import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { readSides } from '../../model/read-sides.ts';
import type { Side } from '../../model/service.ts';
import { DEFAULT_SETTINGS, type LifecycleSettings } from '../../model/settings.ts';
import { classIn } from './parse.ts';

/** `start+init (boot) / stop`: the methods of each side that do work, and in brackets those that only forward to them. */
function sidesOf(text: string, settings: LifecycleSettings = {}): string {
  const sides = readSides(classIn(text), { ...DEFAULT_SETTINGS, ...settings });
  return sides === undefined ? 'none' : `${outline(sides.start)} / ${outline(sides.stop)}`;
}

function outline({ methods, forwarders }: Side): string {
  const names = methods.map(({ name }) => name).join('+');
  return forwarders.length === 0 ? names : `${names} (${forwarders.map(({ name }) => name).join(' ')})`;
}

function levelOf(text: string, settings: LifecycleSettings = {}): string | undefined {
  return readSides(classIn(text), { ...DEFAULT_SETTINGS, ...settings })?.level;
}

describe('pairs', () => {
  test('start and stop', () => {
    expect(sidesOf('class A { start() { a(); } stop() { b(); } }')).toBe('start / stop');
  });

  test('start alone, or stop alone', () => {
    expect(sidesOf('class A { start() { a(); } }')).toBe('none');
    expect(sidesOf('class A { stop() { a(); } }')).toBe('none');
  });

  test('names that make no pair', () => {
    expect(sidesOf('class A { open() { a(); } shutdown() { b(); } }')).toBe('none');
  });

  test('arrow-function members', () => {
    expect(sidesOf('class A { start = async () => { a(); }; stop = () => { b(); }; }')).toBe('start / stop');
  });

  test('string keys', () => {
    expect(sidesOf('class A { "connect"() { a(); } ["disconnect"]() { b(); } }')).toBe('connect / disconnect');
  });

  test('start and asyncDispose, where there is no other stop', () => {
    expect(sidesOf('class A { start() { a(); } async [Symbol.asyncDispose]() { b(); } }')).toBe('start / [Symbol.asyncDispose]');
    expect(sidesOf('class A { start() { a(); } stop() { b(); } async [Symbol.asyncDispose]() { await this.stop(); } }')).toBe('start / stop');
  });

  test('asyncDispose that stop only forwards to', () => {
    expect(sidesOf('class A { start() { a(); } stop() { return this[Symbol.asyncDispose](); } async [Symbol.asyncDispose]() { await b(); } }')).toBe('start / stop');
  });

  test('of settings', () => {
    expect(sidesOf('class A { boot() { a(); } halt() { b(); } }', { pairs: [['boot', 'halt']] })).toBe('boot / halt');
    expect(levelOf('class A { boot() { a(); } halt() { b(); } }', { pairs: [['boot', 'halt']] })).toBe('always');
  });
});

describe('how sure the names make it', () => {
  test('always, with evidence, and from a framework', () => {
    expect(levelOf('class A { run() { a(); } shutdown() { b(); } }')).toBe('always');
    expect(levelOf('class A { setup() { a(); } teardown() { b(); } }')).toBe('evidence');
    expect(levelOf('class A { onModuleInit() { a(); } onModuleDestroy() { b(); } }')).toBe('host');
  });

  test('the surest pair of a class counts', () => {
    expect(levelOf('class A { init() { a(); } destroy() { b(); } start() { c(); } stop() { d(); } }')).toBe('always');
  });
});

describe('several names on a side', () => {
  test('stop and close that both do work', () => {
    expect(sidesOf('class A { start() { a(); } stop() { b(); } close() { c(); } }')).toBe('start / stop+close');
  });

  test('close that only forwards to stop', () => {
    expect(sidesOf('class A { start() { a(); } stop() { b(); } close() { return this.stop(); } }')).toBe('start / stop (close)');
  });

  test('stop that only forwards to close: close does the work', () => {
    expect(sidesOf('class A { start() { a(); } stop = () => this.close(); close() { b(); } }')).toBe('start / close (stop)');
  });

  test('forwarders may await, return, or just call', () => {
    const text = dedent`
      class A {
        start() { a(); }
        stop() { b(); }
        async close() { await this.stop(); }
        async destroy() { return await this.stop(); }
        dispose() { this.stop(); }
      }
    `;
    expect(sidesOf(text)).toBe('start / stop (close destroy dispose)');
  });

  test('a forwarder of a forwarder', () => {
    expect(sidesOf('class A { start() { a(); } stop() { return this.close(); } close() { return this.destroy(); } destroy() { b(); } }')).toBe(
      'start / destroy (stop close)',
    );
  });

  test('two that forward to each other are still two methods', () => {
    expect(sidesOf('class A { start() { a(); } stop() { return this.close(); } close() { return this.stop(); } }')).toBe('start / stop (close)');
  });

  test('a method that does more than forward', () => {
    expect(sidesOf('class A { start() { a(); } stop() { b(); } close() { log(); return this.stop(); } }')).toBe('start / stop+close');
  });

  test('subscribe and enable are operations beside start, not other ways to start', () => {
    const text = dedent`
      class A {
        start() { a(); }
        stop() { b(); }
        subscribe() { c(); }
        unsubscribe() { d(); }
        enable() { e(); }
        disable() { f(); }
      }
    `;
    expect(sidesOf(text)).toBe('start / stop');
  });

  test('listen that needs an argument is an operation beside open', () => {
    expect(sidesOf('class A { open() { a(); } listen(channel) { b(); } close() { c(); } }')).toBe('open / close');
  });
});

describe('what is no hook', () => {
  test('private and protected methods', () => {
    expect(sidesOf('class A { private start() { a(); } stop() { b(); } }')).toBe('none');
    expect(sidesOf('class A { start() { a(); } protected stop() { b(); } }')).toBe('none');
    expect(sidesOf('class A { #start() { a(); } #stop() { b(); } }')).toBe('none');
  });

  test('static methods', () => {
    expect(sidesOf('class A { static start() { a(); } static stop() { b(); } }')).toBe('none');
  });

  test('generators', () => {
    expect(sidesOf('class A { *start() { yield 1; } stop() { b(); } }')).toBe('none');
    expect(sidesOf('class A { async *run() { yield 1; } stop() { b(); } }')).toBe('none');
  });

  test('abstract members, signatures and accessors', () => {
    expect(sidesOf('abstract class A { abstract start(): void; stop() { b(); } }')).toBe('none');
    expect(sidesOf('declare class A { start(): void; stop(): void; }')).toBe('none');
    expect(sidesOf('class A { get start() { return 1; } get stop() { return 2; } }')).toBe('none');
  });

  test('fields that hold no function', () => {
    expect(sidesOf('class A { start = 0; stop = 10; }')).toBe('none');
    expect(sidesOf('class A { start = debounce(() => {}); stop = this.end; }')).toBe('none');
  });

  test('methods of the base alone: the base is the service', () => {
    expect(sidesOf('class A extends B { onStart() { a(); } }\nclass B { start() { b(); } stop() { c(); } }')).toBe('none');
  });
});
