import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { lineOf } from '../../model/line-of.ts';
import { factsOf } from '../../model/services-of.ts';
import { parse } from './parse.ts';

const HOLDS = { yes: '', no: '!', unknown: '?' } as const;

function statesIn(text: string): { states: string; changes: string[] } {
  const source = parse(text);
  const [service] = factsOf(source).services;
  if (service === undefined) throw new Error('no service');
  const { states, changes } = service.states;
  return {
    states: states.map(({ name, isPresent }) => `${HOLDS[isPresent]}${name}`).join(' '),
    changes: changes.map(({ from, to, on, isPresent, race, node }) => `${HOLDS[isPresent]}${from} > ${to} on ${on}${race === undefined ? '' : ` ${race}`}${isPresent === 'no' && node !== undefined ? ` ${String(lineOf(source, node))}` : ''}`),
  };
}

describe('which states there are', () => {
  test('a side that does not wait has no state of its own', () => {
    expect(statesIn('class A { start() { this.on = true; } async stop() { await flush(); } }').states).toBe('new running stopping stopped');
  });

  test('a drain without a deadline leaves no way to poisoned', () => {
    const text = dedent`
      class A {
        async start() {
          this.task = this.run();
        }
        async run() { while (this.on) await step(); }
        async stop() {
          this.on = false;
          await this.task;
        }
      }
    `;
    const { states, changes } = statesIn(text);
    expect(states).toContain('!poisoned');
    expect(changes).toContain('!stopping > poisoned on timeout 8');
  });
});

describe('the ways between them', () => {
  test('a race stands where the early call should be turned away', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.running) return;
          await open();
          this.running = true;
        }
        async stop() {
          if (!this.running) return;
          this.running = false;
        }
      }
    `;
    expect(statesIn(text).changes).toEqual([
      'new > starting on start',
      'starting > running on done',
      '?starting > stopped on failure',
      '!starting > starting on start late-guard 4',
      '!starting > stopped on stop lost-stop 4',
      'running > stopped on stop',
      '?stopped > starting on start',
    ]);
  });

  test('a lock over both sides leaves none of them out', () => {
    const text = dedent`
      import { Mutex } from 'async-mutex';
      class A {
        #lock = new Mutex();
        async start() { return this.#lock.runExclusive(async () => { if (this.s) return; this.s = await open(); }); }
        async stop() { return this.#lock.runExclusive(async () => { await this.s?.close(); this.s = undefined; }); }
      }
    `;
    expect(statesIn(text).changes.filter((change) => change.startsWith('!'))).toEqual([]);
  });
});
