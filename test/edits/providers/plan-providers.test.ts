import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProject } from '../../../cli/project/open-project.ts';
import { toSlashes } from '../../../cli/files/to-slashes.ts';
import type { ProjectResult } from '../../../codemods/run-project-codemods.ts';
import type { Project } from '../../../model/project.ts';
import { mendProviders, providerCases, providersRoot } from './run.ts';

describe('planProviders', () => {
  let project: Project;
  let once: ProjectResult;

  const root = realpathSync(mkdtempSync(join(tmpdir(), 'lifecycle-providers-')));

  // All cases are one project, which is read once; away from the repository, whose files are no part of it.
  beforeAll(() => {
    cpSync(join(providersRoot, 'before'), root, { recursive: true });
    project = openProject(providerCases().flatMap(({ name, before }) => Object.keys(before).map((file) => join(root, name, file))));
    once = mendProviders(project);
  }, 120_000);

  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  test.each(providerCases())('$name', ({ name, before, after }) => {
    const textOf = (file: string, text: string): string => once.texts.get(toSlashes(join(root, name, file))) ?? text;
    expect(Object.fromEntries(Object.entries(before).map(([file, text]) => [file, textOf(file, text)]))).toEqual(after);
  });

  test('leaves nothing, and no type error', () => {
    expect([...once.services.values()].flat().flatMap(({ left }) => left)).toEqual([]);
    expect(project.typeProblems()).toEqual([]);
    expect(once.project.typeProblems()).toEqual([]);
  });

  test('has nothing to do in a second run', { timeout: 60_000 }, () => {
    const twice = mendProviders(once.project);
    expect(twice.texts.size).toBe(0);
    expect([...twice.services.values()]).toEqual([]);
  });
});
