import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Judge, parseWhole } from '../../tools/mutate/judge.ts';
import { mutators } from '../../tools/mutate/mutators.ts';
import { specimenOf } from '../../tools/mutate/mutation.ts';
import { specimenFiles } from '../../tools/mutate/specimens.ts';
import { rules } from '../../rules/index.ts';

const files = specimenFiles(resolve(import.meta.dirname, '../..')).filter(({ name }) => name.startsWith('specimens/'));

describe.each(files)('$name', ({ name, path, text }) => {
  const source = parseWhole(path, text);

  it('is well behaved', () => {
    expect(source === undefined ? [] : new Judge(source, 'strict').finds).toBe(false);
  });

  it('stands under a rule, and has a protection that this rule is about', () => {
    const [, rule] = name.split('/');
    expect(rules.map((one) => one.name)).toContain(rule);
    const specimen = source && specimenOf(source);
    expect(specimen && mutators.flatMap((mutate) => mutate(specimen)).map((mutation) => mutation.rules[0])).toContain(rule);
  });
});
