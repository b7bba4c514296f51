import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lifecycleStackSource } from '../../edits/lifecycle-stack-source.ts';
import { casesOf, mend, openCases, pathOf, TARGETS, type TargetName, textOf } from './using-projects.ts';

describe.each(Object.keys(TARGETS) as TargetName[])('%s', (target) => {
  const { project, files } = openCases(target, 'before');
  const once = mend(target, project, files);

  test.each(casesOf(target))('%s', (name) => {
    const file = pathOf(target, 'before', name);
    expect(once.texts.get(file)).toBe(textOf(target, 'after', name));
    expect((once.services.get(file) ?? []).flatMap(({ left }) => left)).toEqual([]);
  });

  test('the results have no type error, and a second run changes nothing', () => {
    expect(once.project.typeProblems()).toEqual([]);
    const twice = mend(target, once.project, files);
    expect([...twice.texts.keys()]).toEqual([]);
    expect([...twice.services.values()].flat()).toEqual([]);
  });
});

test('the stack that the results import is the one that would be written', () => {
  expect(readFileSync(pathOf('lowered', 'after', '../lifecycle-stack.ts'), 'utf8')).toBe(lifecycleStackSource('lifecycle-stack.ts'));
});

describe('left as they are', () => {
  const { project, files } = openCases('finally', 'unchanged');
  const { texts, services } = mend('finally', project, files);

  test.each(casesOf('finally', 'unchanged'))('%s', (name) => {
    const file = pathOf('finally', 'unchanged', name);
    const [, reason] = /^\/\/ (.*)/.exec(textOf('finally', 'unchanged', name)) ?? [];
    expect(texts.has(file)).toBe(false);
    expect((services.get(file) ?? []).flatMap(({ left }) => left.map(({ why }) => why))).toEqual(reason === '-' ? [] : [reason]);
  });
});
