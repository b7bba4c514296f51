import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openProject } from '../../cli/project/open-project.ts';
import { runProjectCodemods, type ProjectResult } from '../../codemods/run-project-codemods.ts';
import codemod from '../../codemods/use-await-using.ts';
import type { Project } from '../../model/project.ts';

const root = fileURLToPath(new URL('../../fixtures/projects/use-await-using/', import.meta.url)).replaceAll('\\', '/');

/** The projects by how they are built, with the lowest Node that each of them asks for. */
export const TARGETS = { native: 24, stack: 24, lowered: 20, finally: 20 } as const;

export type TargetName = keyof typeof TARGETS;

/** The cases of a project, by their file names. */
export function casesOf(target: TargetName, kind: 'before' | 'unchanged' = 'before'): readonly string[] {
  const folder = `${root}${target}/${kind}`;
  return existsSync(folder) ? readdirSync(folder) : [];
}

export function textOf(target: TargetName, kind: 'after' | 'before' | 'unchanged', name: string): string {
  return readFileSync(pathOf(target, kind, name), 'utf8');
}

export function pathOf(target: TargetName, kind: 'after' | 'before' | 'unchanged', name: string): string {
  return `${root}${target}/${kind}/${name}`;
}

export function openCases(target: TargetName, kind: 'before' | 'unchanged'): { readonly project: Project; readonly files: readonly string[] } {
  const files = casesOf(target, kind).map((name) => pathOf(target, kind, name));
  return { project: openProject(files), files };
}

export function mend(target: TargetName, project: Project, files: readonly string[]): ProjectResult {
  return runProjectCodemods([codemod], project, files, { nodeMajor: TARGETS[target], stackFileFor: () => `${root}${target}/lifecycle-stack.ts` });
}
