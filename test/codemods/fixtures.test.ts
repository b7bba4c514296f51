import { describe, expect, test } from 'vitest';
import { codemods } from '../../codemods/index.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { changedCases, unchangedCases } from './cases.ts';

describe.each(codemods.map((codemod) => [codemod.name, codemod] as const))('%s', (name, codemod) => {
  test.each(changedCases(name))('$name', ({ fileName, before, after, options }) => {
    const once = runCodemods([codemod], { fileName, text: before }, options);
    expect(once.text).toBe(after);
    expect(once.services.flatMap(({ left }) => left)).toEqual([]);

    const twice = runCodemods([codemod], { fileName, text: once.text }, options);
    expect(twice.text).toBe(once.text);
    expect(twice.services.flatMap(({ added, left }) => [...added, ...left])).toEqual([]);
  });

  test.each(unchangedCases(name))('unchanged: $name', ({ name: fileName, text }) => {
    const result = runCodemods([codemod], { fileName, text });
    expect(result.text).toBe(text);
    expect(result.needs).toEqual([]);
  });
});
