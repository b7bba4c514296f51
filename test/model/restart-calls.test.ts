import { describe, expect, test } from 'vitest';
import { parse } from '../../codemods/parse.ts';
import { Calls } from '../../model/restart/calls.ts';

const { body } = parse('a.ts', 'a; b; c; d;').program;
const [a, b, c, d] = body as [(typeof body)[0], (typeof body)[0], (typeof body)[0], (typeof body)[0]];

function callsOf(...nodes: readonly (typeof a)[]): Calls {
  const calls = new Calls();
  for (const node of nodes) calls.note(node);
  return calls;
}

describe('Calls', () => {
  test('a copy goes its own way', () => {
    const first = callsOf(a);
    const second = first.copy();
    first.note(b);
    second.note(c);
    expect([...first]).toEqual([[a, true], [b, true]]);
    expect([...second]).toEqual([[a, true], [c, true]]);
  });

  test('the last time counts', () => {
    const calls = callsOf(a, b);
    expect([...calls.keys()]).toEqual([a, b]);
    calls.note(a);
    expect([...calls.keys()]).toEqual([b, a]);
  });

  test('of two paths that meet, only what both have come by is sure', () => {
    const first = callsOf(a);
    const second = first.copy();
    first.note(b);
    first.note(d);
    second.note(c);
    second.note(d);
    expect([...first.joinedWith(second)]).toEqual([[a, true], [b, false], [d, true], [c, false]]);
  });

  test('what one path comes by again moves only where that path is the first', () => {
    const first = callsOf(a, b);
    const second = first.copy();
    second.note(a);
    expect([...first.joinedWith(second)]).toEqual([[a, true], [b, true]]);
    expect([...second.joinedWith(first)]).toEqual([[b, true], [a, true]]);
  });

  test('what was unsure is sure where both paths come by it again', () => {
    const whole = callsOf(a);
    const arm = whole.copy();
    arm.note(b);
    const met = arm.joinedWith(whole);
    expect(met.get(b)).toBe(false);
    const other = met.copy();
    met.note(b);
    expect(met.joinedWith(other).get(b)).toBe(false);
    other.note(b);
    expect(met.joinedWith(other).get(b)).toBe(true);
    expect(met.joinedWith(other).has(c)).toBe(false);
  });
});
