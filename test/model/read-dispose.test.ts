import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { serviceIn } from './parse.ts';

/** `yes/no`: whether there is an asyncDispose, and whether it reaches stop. */
function disposeOf(members: string, base = ''): string {
  const { dispose } = serviceIn(`class A ${base} { async start() { await a(); this.t = b(); } async stop() { await c(); } ${members} }`);
  return `${dispose.hasAsync}/${dispose.reachesStop}`;
}

describe('whether a service can be disposed of', () => {
  test('no asyncDispose', () => {
    expect(disposeOf('')).toBe('no/unknown');
  });

  test('a base out of sight may have one, an event emitter has none', () => {
    expect(disposeOf('', 'extends Base')).toBe('unknown/unknown');
    expect(disposeOf('', 'extends EventEmitter')).toBe('no/unknown');
    expect(disposeOf('', 'extends events.EventEmitter')).toBe('no/unknown');
  });

  test('one in the base of the same file', () => {
    const text = dedent`
      class Base { async [Symbol.asyncDispose]() { await this.stop(); } }
      class A extends Base { async start() { await a(); this.t = b(); } async stop() { await c(); } }
    `;
    expect(serviceIn(text).dispose).toMatchObject({ hasAsync: 'yes', reachesStop: 'yes' });
  });

  test('a synchronous one', () => {
    const { dispose } = serviceIn('class A { async start() { await a(); } async stop() { await b(); } [Symbol.dispose]() { void this.stop(); } }');
    expect(dispose).toMatchObject({ hasAsync: 'no', asyncMethod: undefined, syncMethod: { name: '[Symbol.dispose]' } });
  });
});

describe('whether it reaches stop', () => {
  test('by calling it, awaited or returned', () => {
    expect(disposeOf('async [Symbol.asyncDispose]() { await this.stop(); }')).toBe('yes/yes');
    expect(disposeOf('[Symbol.asyncDispose]() { return this.stop(); }')).toBe('yes/yes');
  });

  test('through a helper', () => {
    expect(disposeOf('async [Symbol.asyncDispose]() { await this.#end(); } async #end() { await this.stop(); }')).toBe('yes/yes');
  });

  test('as the same function', () => {
    expect(disposeOf('[Symbol.asyncDispose] = this.stop;')).toBe('yes/yes');
    expect(disposeOf('[Symbol.asyncDispose] = somethingElse;')).toBe('yes/unknown');
  });

  test('as the stop itself', () => {
    expect(serviceIn('class A { async start() { await a(); } async [Symbol.asyncDispose]() { await b(); } }').dispose).toMatchObject({ hasAsync: 'yes', reachesStop: 'yes' });
  });

  test('by a forwarder of stop', () => {
    expect(disposeOf('close() { return this.stop(); } async [Symbol.asyncDispose]() { await this.close(); }')).toBe('yes/yes');
  });

  test('nothing in it, or only logging', () => {
    expect(disposeOf('async [Symbol.asyncDispose]() {}')).toBe('yes/no');
    expect(disposeOf('async [Symbol.asyncDispose]() { console.log("disposed"); }')).toBe('yes/no');
  });

  test('something else, which may do the same by other means', () => {
    expect(disposeOf('async [Symbol.asyncDispose]() { await this.client.end(); }')).toBe('yes/unknown');
  });
});
